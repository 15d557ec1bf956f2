"""compose.yaml brings the engines that the tests run."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]


def test_compose_has_the_elasticsearch_that_is_tested() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    pom = (ROOT / "tests/engines/elasticsearch_node/pom.xml").read_text()
    module = (ROOT / "tests/engines/elasticsearch_node/plugin-descriptor.properties").read_text()
    versions = {*re.findall(r"<artifactId>elasticsearch</artifactId>\s*<version>([\d.]+)<", pom)}
    versions |= {*re.findall(r"<artifactId>transport-netty4</artifactId>\s*<version>([\d.]+)<", pom)}
    versions |= {*re.findall(r"(?m)^(?:elasticsearch\.)?version=([\d.]+)$", module)}
    assert {f"elasticsearch:{version}" for version in versions} == {services["elasticsearch"]["image"]}


def test_compose_sets_only_what_the_settings_read() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    example = (ROOT / ".env.example").read_text()
    for name in ("web", "worker"):
        for variable in services[name]["environment"]:
            assert re.search(rf"(?m)^(# )?{variable}=", example), variable
