"""Problems of an indicator file as sentences: what, where, how to mend."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lms.coverage.engine.indicators_file import Problem

_SENTENCES = {
    "spreadsheet": gettext_noop("this is an Excel workbook. Save it as “CSV UTF-8” and try again."),
    "binary": gettext_noop("this is not a text file. In Excel choose “Save as”, type “CSV UTF-8”."),
    "unknown": gettext_noop("the text is not in UTF-8. In Excel choose “Save as”, type “CSV UTF-8”."),
    "windows-1258": gettext_noop("the text is in the old encoding Windows-1258. Save it again as “CSV UTF-8”."),
    "tcvn3": gettext_noop("the text is in an old TCVN3 font (.VnTime). Change it to Unicode and save “CSV UTF-8”."),
    "garbled": gettext_noop("letters are garbled (“%(sign)s”). Export the file again as “CSV UTF-8”."),
    "empty": gettext_noop("there is no indicator in the file."),
    "broken": gettext_noop("a quotation mark is not closed, so the rest can't be read. Mend the line."),
    "columns_missing": gettext_noop("columns are missing: %(columns)s. Add them to the first line."),
    "columns_unknown": gettext_noop("unknown columns: %(columns)s. Mend the names or remove the columns."),
    "columns_twice": gettext_noop("a column name stands twice. Keep one of each."),
    "cells": gettext_noop("the row must have %(wanted)s cells. Put texts with commas between quotation marks."),
    "cell_empty": gettext_noop("column %(column)s is empty. Fill it in."),
    "value_unknown": gettext_noop("“%(value)s” isn't known in column %(column)s. Use one of: %(known)s."),
    "value_long": gettext_noop("the text in column %(column)s is longer than %(longest)s characters. Shorten it."),
    "number": gettext_noop("“%(value)s” in column %(column)s is not a number. Write digits only, such as 70 or 70.5."),
    "percent": gettext_noop("a target of %(value)s percent is above 100. Write a number from 0 to 100."),
    "year": gettext_noop("“%(value)s” in column %(column)s is not a year. Write four digits."),
    "period": gettext_noop("the period ends before it begins. Check period_from, period_to and stretch_to."),
    "code_twice": gettext_noop("code %(code)s already stands in line %(line)s. Give each indicator a code of its own."),
    "period_differs": gettext_noop("period %(period)s has other years than in line %(line)s. Make them equal."),
}


def sentence(problem: Problem) -> str:
    """ "Line 7: “~” isn't known in column operator. …" """
    said = _(_SENTENCES[problem.kind]) % problem.details
    return _("Line %(line)s: %(sentence)s") % {"line": problem.line, "sentence": said}
