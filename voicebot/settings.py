"""Every setting of the service, its default, and one sentence on what it does.

Settings come from environment variables named `VOICEBOT_...` or from a file `.env` in the working directory.
This is one of the doors guarded by pydantic; the rest of the house receives plain values.
"""

from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from voicebot.errors import SettingsError

DEVELOPMENT_TOKEN = "development-only-token"  # noqa: S105  refused in production below


class Settings(BaseSettings):
    """The settings, one attribute each; the environment variable is the name in capitals after `VOICEBOT_`."""

    model_config = SettingsConfigDict(env_prefix="VOICEBOT_", env_file=".env", extra="ignore", frozen=True)

    environment: Annotated[
        Literal["development", "production"], Field(description="In production unsafe defaults are refused.")
    ] = "development"
    host: Annotated[str, Field(description="Address to listen on.")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="Port to listen on.")] = 8080
    public_url: Annotated[
        str, Field(description="Base address under which the carrier reaches us; signatures are made over it.")
    ] = "https://voicebot.example.jp"
    twilio_auth_token: Annotated[SecretStr, Field(description="Twilio's auth token; signs the webhooks.")] = SecretStr(
        DEVELOPMENT_TOKEN
    )
    twilio_shared_keys: Annotated[
        dict[str, SecretStr],
        Field(description="Further signing keys by id (Twilio's webhook shared keys, HMAC-SHA256), as JSON."),
    ] = {}
    twilio_account_sid: Annotated[str, Field(description="Twilio's account, needed only to send text messages.")] = ""
    sms_sender: Annotated[str, Field(description="Our number for text messages, E.164; empty sends none.")] = ""
    caller_id: Annotated[
        str | None, Field(description="Our own number at the carrier, shown to departments on transfers.")
    ] = None
    city: Annotated[Path, Field(description="Folder of the city's dialogs, FAQ, departments and hours.")] = Path(
        "dialogs/minato"
    )
    grammars: Annotated[Path, Field(description="Folder of reusable ways of saying things.")] = Path("grammars")
    data: Annotated[Path, Field(description="Folder for the database, models and the voice cache.")] = Path("var")
    recordings: Annotated[Path, Field(description="Folder with `prompts/` (recorded by people) and `calls/`.")] = Path(
        "recordings"
    )
    keep_days: Annotated[
        int, Field(ge=0, description="Calls and their sound are deleted after so many days; 0 keeps them for ever.")
    ] = 90
    backups: Annotated[
        Path | None, Field(description="Folder of the daily backups; `backups` in the data if not given.")
    ] = None
    backup_keep: Annotated[int, Field(ge=0, description="So many daily backups are kept; 0 makes none.")] = 7
    record_calls: Annotated[bool, Field(description="Whether the sound of calls is kept.")] = True
    recognisers: Annotated[
        dict[str, str],
        Field(description="Engine by language, as JSON: `vosk`, `whisper` or the name of an installed vosk model."),
    ] = {}
    decode_threads: Annotated[
        int, Field(ge=0, description="Threads that recognise speech; 0 means one for each core.")
    ] = 0
    whisper_beam: Annotated[int, Field(ge=1, le=10, description="Whisper's beam: higher hears better, slower.")] = 5
    japanese_voice: Annotated[
        Literal["openjtalk", "kokoro", "pyttsx3"], Field(description="The voice that speaks Japanese.")
    ] = "openjtalk"
    speaking_rate: Annotated[float, Field(gt=0.5, lt=2.0, description="Speed of speech; 1 is the voice's own.")] = 1.0
    max_calls: Annotated[int, Field(ge=1, description="Calls at once; further callers are connected to a person.")] = 8
    max_call_seconds: Annotated[float, Field(ge=60, description="A call is brought to its end after this.")] = 900
    start_timeout_seconds: Annotated[
        float, Field(gt=0, description="A media socket that has not said who it is by then is closed.")
    ] = 5.0
    oidc_issuer: Annotated[
        str, Field(description="Address of the city's OpenID Connect provider for signing in; empty uses none.")
    ] = ""
    oidc_client_id: Annotated[str, Field(description="What the provider calls voicebot.")] = ""
    oidc_client_secret: Annotated[SecretStr, Field(description="voicebot's secret at the provider.")] = SecretStr("")
    oidc_claim: Annotated[
        str, Field(min_length=1, description="Which claim of the provider is the name of an account here.")
    ] = "preferred_username"
    content_review: Annotated[
        bool, Field(description="Whether a second person must approve a draft before it is published.")
    ] = False
    staff_networks: Annotated[
        tuple[IPv4Network | IPv6Network, ...],
        Field(description="Networks from which the staff's pages may be opened, as JSON; empty means any."),
    ] = ()
    staff_idle_minutes: Annotated[
        float, Field(gt=0, description="A sign-in ends after so long without any page open.")
    ] = 30
    staff_session_hours: Annotated[float, Field(gt=0, le=24, description="A sign-in ends after this.")] = 12
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], Field(description="How much is logged.")] = (
        "INFO"
    )

    @model_validator(mode="after")
    def _refuse_unsafe(self) -> "Settings":
        url = urlsplit(self.public_url)
        if url.scheme not in {"http", "https"} or not url.netloc or url.query or url.fragment:
            raise SettingsError(
                "settings.public_url", "VOICEBOT_PUBLIC_URL must look like https://voicebot.city.example.jp"
            )
        if self.environment == "production":
            if self.twilio_auth_token.get_secret_value() in {"", DEVELOPMENT_TOKEN}:
                raise SettingsError(
                    "settings.twilio_auth_token",
                    "Set VOICEBOT_TWILIO_AUTH_TOKEN to the auth token of your Twilio account; "
                    "production does not start with the default one.",
                )
            if url.scheme != "https":
                raise SettingsError("settings.public_url", "VOICEBOT_PUBLIC_URL must begin with https in production.")
        return self

    @property
    def database(self) -> Path:
        """The SQLite file of calls."""
        return self.data / "voicebot.db"

    @property
    def accounts(self) -> Path:
        """The SQLite file of the staff's accounts."""
        return self.data / "accounts.db"

    @property
    def library(self) -> Path:
        """The SQLite file of the city's releases and draft."""
        return self.data / "content.db"

    @property
    def backup_folder(self) -> Path:
        """Folder of the backups."""
        return self.backups or self.data / "backups"

    @property
    def models(self) -> Path:
        """Folder of installed recognition models."""
        return self.data / "models"

    @property
    def calls(self) -> Path:
        """Folder of callers' sound; never committed."""
        return self.recordings / "calls"

    @property
    def media_url(self) -> str:
        """Address of the media socket, `wss://` (or `ws://` for a development server on loopback)."""
        url = urlsplit(self.public_url)
        scheme = "wss" if url.scheme == "https" else "ws"
        return f"{scheme}://{url.netloc}{url.path.rstrip('/')}/twilio/media"
