"""Settings: safe in production, and every refusal says the cure."""

import pytest
from pydantic import SecretStr

from voicebot.cli.serve import settings_of
from voicebot.errors import SettingsError
from voicebot.settings import Settings


def test_production_refuses_the_token_that_everybody_knows() -> None:
    """And says which variable to set."""
    with pytest.raises(SettingsError, match="VOICEBOT_TWILIO_AUTH_TOKEN"):
        Settings(environment="production", public_url="https://bot.example.jp")


def test_production_refuses_an_address_without_encryption() -> None:
    """Signatures and speech would be read on the way."""
    with pytest.raises(SettingsError, match="https"):
        Settings(
            environment="production", public_url="http://bot.example.jp", twilio_auth_token=SecretStr("a-real-token")
        )


def test_production_starts_with_safe_settings() -> None:
    """With a token of its own and https."""
    settings = Settings(
        environment="production", public_url="https://bot.example.jp", twilio_auth_token=SecretStr("a-real-token")
    )
    assert settings.media_url == "wss://bot.example.jp/twilio/media"


@pytest.mark.parametrize(
    ("public", "media"),
    [
        ("https://bot.example.jp/", "wss://bot.example.jp/twilio/media"),
        ("https://bot.example.jp/line", "wss://bot.example.jp/line/twilio/media"),
        ("http://127.0.0.1:8080", "ws://127.0.0.1:8080/twilio/media"),
    ],
)
def test_the_media_address_follows_the_public_one(public: str, media: str) -> None:
    """Its scheme, its port and its path."""
    assert Settings(public_url=public).media_url == media


@pytest.mark.parametrize("public", ["bot.example.jp", "ftp://bot.example.jp", "https://bot.example.jp/?a=1"])
def test_an_address_that_cannot_be_signed_over_is_refused(public: str) -> None:
    """With an example of a right one."""
    with pytest.raises(SettingsError, match="VOICEBOT_PUBLIC_URL"):
        Settings(public_url=public)


def test_a_wrong_value_names_its_variable_and_not_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A value may be a secret."""
    monkeypatch.setenv("VOICEBOT_PORT", "secret-in-the-wrong-place")
    with pytest.raises(SettingsError) as caught:
        settings_of()
    assert "VOICEBOT_PORT" in caught.value.message
    assert "secret-in-the-wrong-place" not in caught.value.message
