"""From where the pages may be opened; the headers themselves are tested in test_operators.py."""

from ipaddress import ip_network
from pathlib import Path

from house import open_house, service
from staff_browser import browser


def test_the_pages_open_from_the_given_networks_only(tmp_path: Path) -> None:
    """The carrier's doors and the health page are not touched."""
    with open_house(service(tmp_path, staff_networks=("10.1.0.0/16", "2001:db8::/32"))) as house:
        assert house.service.settings.staff_networks == (ip_network("10.1.0.0/16"), ip_network("2001:db8::/32"))
        assert house.get("/staff/login").status_code == 403
        assert house.health().status_code == 200
        assert house.post("voice", CallStatus="ringing").status_code == 200
        with browser(house) as staff:
            # As a proxy on this machine tells it.
            status = {
                where: staff.get("login", headers={"x-forwarded-for": where}).status_code
                for where in ("10.1.2.3", "2001:db8::7", "10.2.0.1", "2001:db9::1")
            }
        assert status == {"10.1.2.3": 200, "2001:db8::7": 200, "10.2.0.1": 403, "2001:db9::1": 403}
