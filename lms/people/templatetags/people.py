"""Names and phones as pages show them."""

from django import template

from lms.people.engine.names import initials, masked_name
from lms.text.phones import masked_phone

register = template.Library()
register.filter("initials", initials)
register.filter("masked_name", masked_name)
register.filter("masked_phone", masked_phone)
