import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/search/?q=a%00b", "/join/?u=%00", "/people/?q=%00", "/courses%00/"])
def test_a_nul_in_an_address_is_a_bad_request(client: Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, "Content-Security-Policy" in response.headers) == (400, True)
