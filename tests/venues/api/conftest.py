"""Asking the public API."""

from typing import Any

import pytest
from django.test import Client

API = "/api/v1"


@pytest.fixture
def ask(demo_city: None, client: Client) -> Any:
    """Ask an address below the API's; the answer is checked to be 200 JSON."""

    def answer(path: str, **query: object) -> Any:
        response = client.get(f"{API}{path}", query)
        assert response.status_code == 200, response.content.decode()
        assert response.headers["Content-Type"] == "application/json; charset=utf-8"
        return response.json()

    return answer


@pytest.fixture
def refuse(demo_city: None, client: Client) -> Any:
    """Ask an address that refuses with ``status``; return its problem document."""

    def answer(path: str, status: int = 422, language: str = "en", **query: object) -> Any:
        response = client.get(f"{API}{path}", query, headers={"Accept-Language": language})
        problem = response.json()
        assert response.status_code == status, problem
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.headers["Content-Language"] == language
        assert problem["status"] == status
        assert problem["type"] == "about:blank"
        assert problem["title"]
        assert problem["detail"]
        assert problem["instance"].startswith(f"{API}{path}")
        return problem

    return answer
