from lms.coverage.queries.home import Figure, own_unit_figures

__all__ = ["Figure", "own_unit_figures"]
