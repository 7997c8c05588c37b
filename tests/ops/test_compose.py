"""docker-compose.yml and the Dockerfile, as far as they can be judged without an engine."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.house.source import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
STAYING = {name: service for name, service in SERVICES.items() if service["restart"] != "no"}
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_the_compose_file_is_one_by_the_published_schema() -> None:
    schema = json.loads((Path(__file__).parent / "vendor" / "compose_spec.json").read_text(encoding="utf-8"))

    jsonschema.Draft7Validator(schema).validate(COMPOSE)
    broken = json.loads(json.dumps(COMPOSE))
    broken["services"]["pages"]["helthcheck"] = {}
    assert not jsonschema.Draft7Validator(schema).is_valid(broken)  # the schema does see a slip


def test_the_services_are_those_of_the_design() -> None:
    assert set(SERVICES) == {"caddy", "pages", "live", "worker", "migrate", "postgres", "valkey"}
    assert set(SERVICES) - set(STAYING) == {"migrate"}


@pytest.mark.parametrize("name", STAYING)
def test_a_service_that_stays_says_how_it_is(name: str) -> None:
    assert STAYING[name]["healthcheck"]["test"][0] == "CMD"
    assert STAYING[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_do_no_more_than_it_must(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert int(service["user"].split(":")[0]) > 0
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", SERVICES)
def test_an_image_is_pinned_to_a_version(name: str) -> None:
    assert re.search(r":\d+\.\d+", SERVICES[name]["image"])


def test_every_base_image_is_pinned_to_a_version() -> None:
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.M)

    assert len(bases) == 3
    assert [base for base in bases if not re.search(r":\d+\.\d+\.\d+", base)] == []


def test_no_secret_stands_in_the_file() -> None:
    """Whatever is called a password, a key or a token names a file; no address carries a password."""
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            assert not re.search("PASSWORD|SECRET|TOKEN", name) or name.endswith("_FILE")
            assert not re.search(r"//[^/@\s]+:[^/@\s]+@", str(value))
    assert all(set(secret) == {"file"} for secret in COMPOSE["secrets"].values())


def test_every_secret_and_volume_that_is_used_is_declared() -> None:
    used = {secret for service in SERVICES.values() for secret in service.get("secrets", [])}
    volumes = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}

    assert used == set(COMPOSE["secrets"])
    assert volumes == set(COMPOSE["volumes"])


def test_the_image_runs_as_nobody_special_and_looks_after_itself() -> None:
    stages = re.split(r"^FROM ", DOCKERFILE, flags=re.M)[1:]
    shipped = [stage for stage in stages if not stage.split("\n")[0].endswith("AS build")]

    assert all(re.search(r"^USER 10001:10001$", stage, re.M) for stage in shipped)
    assert all("HEALTHCHECK" in stage for stage in shipped)
    assert "collectstatic" in stages[0]
    assert "--require-hashes" in stages[0]
