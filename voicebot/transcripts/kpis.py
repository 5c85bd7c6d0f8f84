"""The key figures of a telephone line, each with its definition and where that comes from. Pure.

This is the one place where a figure is defined: pages, sheets and reports show these words beside the number. All of it
is made from sums by day (`measures`), so a figure of a year is that of its days together.

Sources. opsdog: IVR containment counts only calls in which the customer's desired action was completed. CCP: contact
center pipeline, abandonment leaves out those who hang up at once and shows both, speed of answer is the total wait over
the answered calls, service level the share answered within a time. VoiceXML 2.1: the events noinput and nomatch.
EVA: ServiceNow's turn-taking metric (from the end of speech to the first sound; late from 2.75 s). ASR: character and
word error rate, substitutions, deletions and insertions over the length of what was said.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from voicebot.transcripts.measures import BUCKETS_A_SECOND, SEPARATOR, SOON_SECONDS

Rows = Mapping[str, tuple[int, float]]
Sums = Mapping[str, Rows]
"""As `figures.Sums`."""
Unit = Literal["number", "share", "seconds"]
Better = Literal["more", "less", ""]
BRIEF = "abandoned_brief"
ASKED_AGAIN = ("no_match", "rejected")
TAKEN = ("soon", "late")
"""Of `waits`: somebody answered."""


SOURCES: Mapping[str, tuple[str, str]] = {
    "CCP": ("コールセンターの業界誌(Contact Center Pipeline)", "Contact Center Pipeline"),
    "opsdog": ("自動応答の指標集(OpsDog)", "OpsDog, figures of interactive voice response"),
    "Graffer/京都市": ("京都市の電話自動応答の報告(Graffer)", "Graffer, report of Kyoto City"),
    "waterfieldtech": ("コールセンターの技術会社(Waterfield Technologies)", "Waterfield Technologies"),
    "VoiceXML 2.1": ("電話の自動応答の国際規格(VoiceXML 2.1)", "W3C, VoiceXML 2.1"),
    "EVA": ("音声応答の評価方法(ServiceNow EVA)", "ServiceNow, EVA"),
    "LiveKit": ("音声応答のソフトウェアの指標(LiveKit)", "LiveKit Agents"),
    "ASR": ("音声認識の誤り率(文字・単語)", "Character and word error rate of speech recognition"),
    "field practice": ("電話窓口で広く使われる数え方", "Common practice"),
    "voicebot": ("この電話窓口で決めた数え方", "Defined here"),
}
"""Where the definitions come from, by their short names."""


@dataclass(frozen=True, slots=True)
class Value:
    """A figure: a part of a whole, or a number when the whole is None."""

    part: float
    whole: float | None = None

    @property
    def figure(self) -> float | None:
        """The number; None where there is nothing to divide by."""
        if self.whole is None:
            return self.part
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Kpi:
    """One key figure."""

    name: str
    unit: Unit
    better: Better
    """Which direction is an improvement; empty where neither is."""
    ja: str
    en: str
    means_ja: str
    """The definition, in words for city staff."""
    means_en: str
    source: str
    of: Callable[[Sums], Value]

    def title(self, language: str) -> str:
        """Its name in this language."""
        return self.ja if language == "ja" else self.en

    def means(self, language: str) -> str:
        """Its definition in this language."""
        return self.means_ja if language == "ja" else self.means_en

    def after(self, language: str) -> str:
        """Where the definition comes from, in this language."""
        return SOURCES[self.source][0 if language == "ja" else 1]


def parts(key: str) -> tuple[str, ...]:
    """The parts of a key."""
    return tuple(key.split(SEPARATOR))


def by(rows: Rows, place: int) -> dict[str, tuple[int, float]]:
    """Rows added up by one part of their keys."""
    found: dict[str, tuple[int, float]] = {}
    for key, (count, total) in rows.items():
        name = parts(key)[place]
        before = found.get(name, (0, 0.0))
        found[name] = (before[0] + count, before[1] + total)
    return found


def count(rows: Rows, names: Iterable[str] | None = None) -> int:
    """How many, of these keys or of all."""
    return sum(row[0] for key, row in rows.items() if names is None or key in names)


def outcomes(sums: Sums) -> dict[str, int]:
    """Calls by outcome; who hung up within ten seconds apart, as `abandoned_brief`."""
    return {name: row[0] for name, row in by(sums["calls.hour"], 0).items()}


def offered(sums: Sums) -> int:
    """Calls that count as tried: all but those given up within ten seconds."""
    return sum(number for name, number in outcomes(sums).items() if name != BRIEF)


def percentile(rows: Rows, share: float) -> float | None:
    """The seconds below which this share of the delays lies: the middle of the tenth in which it falls."""
    whole, passed = count(rows), 0
    for key in sorted(rows):
        passed += rows[key][0]
        if passed >= share * whole:
            return (int(key) + 0.5) / BUCKETS_A_SECOND
    return None


def error_rate(sums: Sums, unit: str) -> Value:
    """Errors over what was said, over all languages, by one unit of `measures`: `reading`, `words` and so on."""
    rows = [row for key, row in sums["hearing"].items() if parts(key)[1] == unit]
    return Value(sum(total for _, total in rows), sum(number for number, _ in rows))


def missed(rows: Rows, kinds: Iterable[str]) -> Value:
    """Of all replies that were awaited, those that were missed so; rows of `turns.scene`."""
    return Value(count(by(rows, 1), kinds), count(rows))


def speed_of_answer(sums: Sums) -> Value:
    """Seconds from the order to connect until somebody takes the call, over the calls that were taken."""
    return Value(sum(total for _, total in sums["waits"].values()), count(by(sums["waits"], 0), TAKEN))


def service_level(sums: Sums) -> Value:
    """Attempts to connect that were taken in time, of all; nothing where calls were taken and nobody knows when."""
    when = by(sums["waits"], 0)
    if not count(when, TAKEN) and _connected(sums):
        return Value(0, 0)
    return Value(count(when, ("soon",)), count(when))


def _outcome(*names: str) -> Callable[[Sums], Value]:
    return lambda sums: Value(sum(outcomes(sums).get(name, 0) for name in names), offered(sums))


def _mean_seconds(sums: Sums) -> Value:
    rows = [row for key, row in sums["calls.hour"].items() if parts(key)[0] != BRIEF]
    return Value(sum(total for _, total in rows), sum(number for number, _ in rows))


def _percentile(measure: str, share: float) -> Callable[[Sums], Value]:
    def of(sums: Sums) -> Value:
        found = percentile(sums[measure], share)
        return Value(0, 0) if found is None else Value(found)

    return of


def _connected(sums: Sums) -> int:
    return count(by(sums["transfers"], 1), ("connected",))


_OFFERED_JA = "分母は、10秒未満で切れた電話を除いたすべての電話です。"
_OFFERED_EN = "Of all calls but those given up within ten seconds."
KPIS: tuple[Kpi, ...] = (
    Kpi(
        "calls", "number", "", "電話の数", "Calls",
        "かかってきた電話のうち、10秒未満で切れたものを除いた数です。", "Calls but those given up within ten seconds.",
        "CCP", lambda sums: Value(offered(sums)),
    ),
    Kpi(
        "contained", "share", "more", "自己完結率", "Contained",
        f"自動応答が答えを伝え、そのあと職員につながずに終わった電話の割合です。{_OFFERED_JA}"
        "答えを聞いて切った人が納得したとは限らないので、上限と考えてください。",
        f"An answer was given and no person was asked for afterwards. {_OFFERED_EN} An upper bound: who hangs up after "
        "an answer need not be content.",
        "opsdog", _outcome("contained"),
    ),
    Kpi(
        "solved", "share", "more", "聞き直して確かめた解決率", "Solved, by review",
        "職員が聞き直して「解決した」と判定した電話の割合です。分母は、判定が済んだ電話(用件のない電話を除く)です。",
        "Of the calls that staff have reviewed and judged (without those that had no matter), those judged solved.",
        "opsdog",
        lambda sums: Value(
            count(sums["reviews"], ("solved",)),
            count({key: row for key, row in sums["reviews"].items() if key not in {"", "no_matter"}}),
        ),
    ),
    Kpi(
        "transferred", "share", "", "転送率", "Transferred",
        f"職員につながった電話の割合です。{_OFFERED_JA}", f"A person answered. {_OFFERED_EN}",
        "Graffer/京都市", _outcome("transferred"),
    ),
    Kpi(
        "message", "share", "", "伝言の割合", "Message left",
        f"伝言を残した電話の割合です。{_OFFERED_JA}", f"A message was left. {_OFFERED_EN}",
        "voicebot", _outcome("message"),
    ),
    Kpi(
        "callback", "share", "", "折り返しの割合", "Call back promised",
        f"折り返しの電話を約束した電話の割合です(伝言があれば伝言に数えます)。{_OFFERED_JA}",
        f"A call back was promised, and no message left. {_OFFERED_EN}", "voicebot", _outcome("callback"),
    ),
    Kpi(
        "abandoned", "share", "less", "途中で切れた割合", "Abandoned",
        f"答えも職員もないうちに、市民が切ったか回線が切れた電話の割合です。{_OFFERED_JA}",
        f"The caller hung up, or the line broke, before any answer. {_OFFERED_EN}", "CCP", _outcome("abandoned"),
    ),
    Kpi(
        "abandoned_all", "share", "less", "途中で切れた割合(10秒未満を含む)", "Abandoned, brief ones too",
        "上と同じですが、10秒未満で切れた電話(間違い電話など)も分子と分母に入れます。",
        "As above, with those given up within ten seconds in both numbers.", "CCP",
        lambda sums: Value(
            outcomes(sums).get("abandoned", 0) + outcomes(sums).get(BRIEF, 0), count(sums["calls.hour"])
        ),
    ),
    Kpi(
        "helpless", "share", "less", "答えられなかった割合", "Unanswered or broken",
        f"答えのないまま自動応答が終えた電話と、不具合で終わった電話の割合です。{_OFFERED_JA}",
        f"The bot ended the call without an answer, or a fault did. {_OFFERED_EN}",
        "voicebot", _outcome("unanswered", "error"),
    ),
    Kpi(
        "again", "share", "less", "7日以内のかけ直し", "Called again within 7 days",
        "同じ番号から7日以内に前の電話があった電話の割合です(非通知を除く)。初回解決率の目安は、100%からこれを引いた値です。",
        "Of calls with a number, those whose number had called within seven days before. One minus this stands for "
        "first call resolution.",
        "CCP", lambda sums: Value(count(sums["repeats"], ("again",)), count(sums["repeats"])),
    ),
    Kpi(
        "seconds", "seconds", "", "1件の通話時間(平均)", "Length of a call (mean)",
        "電話がつながってから終わるまでの平均です。職員との会話の時間を含み、10秒未満で切れた電話を除きます。",
        "From answering to the end, with the talk after a transfer; without calls given up within ten seconds.",
        "waterfieldtech", _mean_seconds,
    ),
    Kpi(
        "no_match", "share", "less", "聞き取れなかった割合", "Not understood",
        "返事を待った回数のうち、言葉がわからず聞き直した割合です(VoiceXML の nomatch)。",
        "Of all replies that were awaited, those that were not understood and asked for once more.",
        "VoiceXML 2.1", lambda sums: missed(sums["turns.scene"], ASKED_AGAIN),
    ),
    Kpi(
        "no_input", "share", "less", "返事がなかった割合", "No reply",
        "返事を待った回数のうち、声もキーもなかった割合です(VoiceXML の noinput)。",
        "Of all replies that were awaited, those that did not come.",
        "VoiceXML 2.1", lambda sums: missed(sums["turns.scene"], ("no_input",)),
    ),
    Kpi(
        "keys", "share", "", "キーで答えた割合", "Keypad share",
        "返事のうち、電話のキーを押したものの割合です。", "Of the replies that came, those made by keys.",
        "field practice",
        lambda sums: Value(count(sums["turns.input"], ("keys",)), count(sums["turns.input"], ("keys", "speech"))),
    ),
    Kpi(
        "connected", "share", "more", "転送がつながった割合", "Transfers connected",
        "職員につなごうとした回数のうち、電話に出てつながった割合です。",
        "Of the attempts to connect a caller, those in which somebody took the call.",
        "CCP", lambda sums: Value(_connected(sums), count(sums["transfers"])),
    ),
    Kpi(
        "asa", "seconds", "less", "職員が出るまでの時間(平均)", "Speed of answer (ASA)",
        "職員につなぐ指示から、職員が電話に出るまでの時間の平均です(ASA)。職員が出た転送だけで計算します。"
        "用件を聞いてから受ける職員は、受けるキーを押したときに出たと数えます。次の課へつなぎ直したときは、つなぎ直す指示から数えます。",
        "From the order to connect until somebody takes the call (average speed of answer), over the transfers that "
        "were taken. Who hears about the matter first takes it by their key. Each attempt counts for itself.",
        "CCP", speed_of_answer,
    ),
    Kpi(
        "service_level", "share", "more", f"{SOON_SECONDS}秒以内に職員が出た割合", f"Answered within {SOON_SECONDS} s",
        f"職員につなごうとした回数のうち、{SOON_SECONDS}秒以内に職員が出たものの割合です(サービスレベル)。"
        "だれも出なかったもの、話し中、待つ間に切れたものも分母に入れます。電話会社から出た時刻が届かなかったものは除きます。",
        f"Of the attempts to connect a caller, those taken within {SOON_SECONDS} seconds. Busy, unanswered and given "
        "up ones are in the whole; those of which the carrier did not tell the moment are not.",
        "CCP", service_level,
    ),
    Kpi(
        "wrong", "share", "less", "誤転送率", "Wrong transfers",
        "つながった転送のうち、担当が違うと職員が知らせたものの割合です。",
        "Of the transfers that were connected, those that staff reported as sent to the wrong department.",
        "field practice", lambda sums: Value(count(sums["wrong"]), _connected(sums)),
    ),
    Kpi(
        "delay", "seconds", "less", "応答までの時間(中央値)", "Time to reply (median)",
        "市民が話し終えてから、自動応答が話し始める指示までの時間の中央値です。声が出るまでの時間は含みません。",
        "From the end of the caller's speech to the order to speak, the median; without what the voice needs to begin.",
        "EVA", _percentile("delay", 0.5),
    ),
    Kpi(
        "delay_95", "seconds", "less", "応答までの時間(遅いほうの5%)", "Time to reply (95 %)",
        "同じ時間を短い順に並べて、95%がこれより短い値です。", "The same, below which 95 % lie.",
        "EVA", _percentile("delay", 0.95),
    ),
    Kpi(
        "decode", "seconds", "less", "認識にかかる時間(中央値)", "Recognition (median)",
        "話し終わりと判断してから、言葉になるまでの時間の中央値です。",
        "From the decision that the caller had finished to the words, the median.",
        "LiveKit", _percentile("decode", 0.5),
    ),
    Kpi(
        "reading_errors", "share", "less", "聞き取りの誤り(読み)", "Recognition errors (readings)",
        "聞き直して書き起こした言葉の読み(かな)の文字数に対する、誤り(置き換え、抜け、余分)の割合です。"
        "聞き直した発話だけで計算します。",
        "Character error rate of the readings, over utterances whose words staff have confirmed or corrected.",
        "ASR", lambda sums: error_rate(sums, "reading"),
    ),
    Kpi(
        "word_errors", "share", "less", "聞き取りの誤り(単語)", "Recognition errors (words)",
        "聞き直して書き起こした言葉の単語の数に対する、誤りの割合です。漢字の違いも誤りに数えます。",
        "Word error rate over the same utterances; a wrong homophone counts.",
        "ASR", lambda sums: error_rate(sums, "words"),
    ),
    Kpi(
        "understood", "share", "more", "正しい答えを選んだ割合", "Right answer chosen",
        "職員が正しい答えを記入した発話のうち、自動応答がその答えを選んでいた割合です。",
        "Of the utterances for which staff named the right answer, those that were answered with it.",
        "field practice", lambda sums: Value(count(sums["understood"], ("right",)), count(sums["understood"])),
    ),
)  # fmt: skip
NEEDED: tuple[str, ...] = (
    "calls.hour", "repeats", "turns.scene", "turns.input", "transfers", "waits", "wrong", "reviews", "understood",
    "delay", "decode", "hearing",
)  # fmt: skip
"""The measures that the key figures are made from."""
