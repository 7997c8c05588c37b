from lms.coverage.models.indicator import Indicator, IndicatorSet, SourceKind
from lms.coverage.models.tally import Span, Subject, Tally

__all__ = ["Indicator", "IndicatorSet", "SourceKind", "Span", "Subject", "Tally"]
