"""Rows of a list of places (clinics, AED, offices, nurseries) as rows of `facilities`."""

import re
from collections.abc import Hashable, Iterator
from statistics import median

from voicebot.city.facilities import metres
from voicebot.opendata.cells import is_empty, narrow, position, telephone_numbers
from voicebot.opendata.columns import Columns
from voicebot.opendata.hours import hours_of, row_of
from voicebot.opendata.report import Taken
from voicebot.sheets.header import plain
from voicebot.sheets.table import Row

FAR_METRES = 100_000
"""A place this far from the middle of its list is not in the city: a digit of its position is wrong."""
_REMARK = re.compile(
    r"^(?:[※＊*・]|注[:：)）\s]|[(（]注|備考|出典|資料|作成|合計|総計|計$|以上$|更新|最終更新|問い?合わせ)"
)
_LONGEST_NAME = 60
_KIND_WORDS = (
    "図書館", "保育所", "保育園", "こども園", "幼稚園", "病院", "医院", "クリニック", "診療所", "小学校",
    "中学校", "高等学校", "公民館",
    "コミュニティセンター", "体育館", "支所", "出張所", "総合センター", "公園", "美術館", "博物館", "児童館",
    "老人福祉センター", "保健センター",
    "消防署", "プール", "市民会館", "交番", "駐車場", "斎場",
)  # fmt: skip
"""What a place is, where its name says it."""


def places(columns: Columns) -> Taken:
    """Every place of the list."""
    taken = Taken()
    ids: dict[str, int] = {}
    for row in data_rows(columns, taken):
        name = one_line(columns.cell(row, "name")) if columns.kind.name != "組織・電話番号" else _office(columns, row)
        found = _place(columns, row, name, taken)
        if found is None:
            continue
        key = (plain(name), str(found.get("address", "")), str(found.get("place", "")))
        if repeated(columns, row, key, "施設", taken):
            continue
        doubled(columns, row, ids, taken)
        taken.rows.append(found)
    _drop_far(columns, taken)
    return taken


def data_rows(columns: Columns, taken: Taken) -> Iterator[Row]:
    """The rows that hold something of the list: no heading that comes again, no remark below the table."""
    headings = {plain(heading) for heading in columns.headings if heading}
    named = {at for places in columns.places.values() for at in places}
    for row in columns.rows:
        filled = [cell for cell in row.cells if cell]
        if sum(plain(cell) in headings for cell in filled) > len(filled) / 2:
            taken.note(columns.problem(row, "", "見出しがもう一度出てきたので、取り込みませんでした。", fatal=True))
            continue
        name = columns.cell(row, "name")
        alone = len(filled) <= 2 and (_REMARK.match(narrow(filled[0])) or len(filled[0]) > _LONGEST_NAME)
        if alone:
            taken.note(columns.problem(row, "", "表の下の注記とみて、取り込みませんでした。", fatal=True))
            continue
        if not name and not any(row.cells[at] for at in named if at not in columns.places.get("id", ())):
            taken.note(columns.problem(row, "name", "番号のほかは何も書かれていません。", fatal=True))
            continue
        yield row


def one_line(text: str) -> str:
    """A name on one line, in one width where that is safe."""
    return " ".join(text.replace("\n", " ").replace("　", " ").split())


def repeated(columns: Columns, row: Row, key: Hashable, what: str, taken: Taken) -> bool:
    """Whether an earlier row is the same thing; then this one is refused, naming that row."""
    earlier = taken.first.setdefault(key, row.number)
    if earlier == row.number:
        return False
    message = f"{earlier}行目と同じ{what}です。こちらは取り込みませんでした。"
    taken.note(columns.problem(row, "name", message, fatal=True))
    return True


def doubled(columns: Columns, row: Row, ids: dict[str, int], taken: Taken) -> None:
    """Note a number of the list that two rows bear; both are kept."""
    number = columns.cell(row, "id")
    if number and not is_empty(number):
        if number in ids:
            message = f"番号が{ids[number]}行目と同じです。別の施設なので取り込みました。元の表の番号を直してください。"
            taken.note(columns.problem(row, "id", message))
        ids.setdefault(number, row.number)


def common(columns: Columns, row: Row, name: str, taken: Taken) -> dict[str, object]:
    """What places and shelters have in common: name, reading, numbers, address, position."""
    found: dict[str, object] = {"name": name}
    reading = one_line(columns.cell(row, "reading"))
    if reading and re.fullmatch(r"[ぁ-ゖァ-ヺー・\s]+", narrow(reading)):
        found["reading"] = narrow(reading).replace(" ", "")
    numbers: list[str] = []
    faults: list[str] = []
    for cell in columns.cells(row, "phone"):
        try:
            numbers += telephone_numbers(cell)
        except ValueError as error:
            faults.append(str(error))
    if numbers:
        found["number"] = list(dict.fromkeys(numbers))
    elif faults:
        taken.note(columns.problem(row, "phone", f"{faults[0]} 番号なしで取り込みました。"))
    address = _address(columns, row)
    if address:
        found["address"] = address
    spot, fault = position(columns.cell(row, "latitude"), columns.cell(row, "longitude"))
    if fault:
        taken.note(columns.problem(row, "latitude", fault))
    if spot:
        found["latitude"], found["longitude"] = spot
    return found


def _place(columns: Columns, row: Row, name: str, taken: Taken) -> dict[str, object] | None:
    if is_empty(name):
        taken.note(columns.problem(row, "name", "名称が空です。名称を書いて、もう一度取り込んでください。", fatal=True))
        return None
    found = common(columns, row, name, taken)
    kind = _kind(columns, row, name)
    if kind:
        found["kind"] = kind
    if columns.kind.name == "組織・電話番号" and "number" not in found:
        message = "電話番号がないので、電話でご案内できることがありません。取り込みませんでした。"
        taken.note(columns.problem(row, "phone", message, fatal=True))
        return None
    place = one_line(columns.cell(row, "place"))
    if place and not is_empty(place) and plain(place) != plain(name):
        found["place"] = place
    subjects = [
        each.strip() for each in re.split(r"[、,・;\n/]|\s+", columns.cell(row, "subjects")) if not is_empty(each)
    ]
    if subjects:
        found["subjects"] = subjects
    _with_hours(columns, row, found, taken)
    details = _details(columns, row)
    if details:
        found["details"] = details
    return found


def _with_hours(columns: Columns, row: Row, found: dict[str, object], taken: Taken) -> None:
    note = one_line(columns.cell(row, "hours_note"))
    hours = hours_of(
        columns.cell(row, "days"),
        columns.cell(row, "start"),
        columns.cell(row, "end"),
        columns.cell(row, "hours_note"),
        columns.cell(row, "hours"),
        columns.cell(row, "closed"),
    )
    if hours.fault:
        column = next((each for each in ("hours", "start", "days") if columns.cell(row, each)), "start")
        taken.note(columns.problem(row, column, f"{hours.fault} 時間なしで取り込みました。"))
    found.update(row_of(hours))
    written = [note, columns.cell(row, "hours") if hours.fault else "", one_line(columns.cell(row, "closed"))]
    kept = "。".join(text for text in written if text and not is_empty(text))
    if kept:
        found["note"] = one_line(kept)


def _address(columns: Columns, row: Row) -> str:
    whole = one_line(columns.cell(row, "address"))
    if is_empty(whole):
        parts = (columns.cell(row, each) for each in ("city", "town", "block"))
        whole = "".join(one_line(part) for part in parts if not is_empty(part))
    building = one_line(columns.cell(row, "building"))
    return narrow(f"{whole} {building}" if building and building not in whole and not is_empty(building) else whole)


def _kind(columns: Columns, row: Row, name: str) -> str:
    match columns.kind.name:
        case "AED設置箇所":
            return "AED"
        case "公衆トイレ":
            return "公衆トイレ"
        case "組織・電話番号":
            return "市の部署"
    plain_name = re.sub(r"[(（].*$", "", name)
    by_name = next((word for word in _KIND_WORDS if plain_name.endswith(word)), "")
    return by_name or ("医療機関" if columns.kind.name == "医療機関" else "")


def _office(columns: Columns, row: Row) -> str:
    """The name of an office, with what it belongs to where that is not in it."""
    own = one_line(columns.cell(row, "name"))
    for part in ("office", "division"):
        word = one_line(columns.cell(row, part))
        if word and not is_empty(word):
            return word if word in own else f"{own} {word}"
    return own


def _details(columns: Columns, row: Row) -> str:
    labels = (
        ("type", "種別"),
        ("capacity", "定員"),
        ("ages", "対象"),
        ("temporary", "一時預かり"),
        ("children", "小児対応"),
    )
    parts = [
        f"{label}: {one_line(columns.cell(row, name))}"
        for name, label in labels
        if not is_empty(columns.cell(row, name))
    ]
    note = one_line(columns.cell(row, "note"))
    return "、".join([*parts, *([note] if note and not is_empty(note) else [])])


def _drop_far(columns: Columns, taken: Taken) -> None:
    """A position far from all others is a slip of the pen; the place is kept without it."""
    spots = [
        (float(str(row["latitude"])), float(str(row["longitude"])))
        for row in taken.rows
        if row.get("latitude") is not None
    ]
    if len(spots) < 5:
        return
    middle = (median(lat for lat, _ in spots), median(lon for _, lon in spots))
    for at, row in enumerate(taken.rows):
        if row.get("latitude") is None:
            continue
        spot = (float(str(row["latitude"])), float(str(row["longitude"])))
        if metres(middle, spot) > FAR_METRES:
            taken.rows[at] = {key: value for key, value in row.items() if key not in {"latitude", "longitude"}}
            message = (
                f"「{row['name']}」の緯度・経度が、ほかから100キロ以上離れています。位置を使わずに取り込みました。"
            )
            taken.note(columns.problem(0, "latitude", message))
