from lms.web.bundle import bundle
from tests.house.access import Row, public

GOES_ON = {"anonymous": 302, "outsider": 302, "owner": 302, "method": "post", "to": ""}

ROWS: list[Row] = [
    public("web:stylesheet", make=lambda _: {"digest": bundle().digest}),
    public("web:manifest"),
    public("web:worker"),
    public("web:offline"),
    Row("web:styleguide", anonymous=404, outsider=404, owner_is="trainer"),
    Row("web:theme", data={"theme": "dark"}, **GOES_ON),
    Row("web:language", data={"language": "vi"}, **GOES_ON),
]
