"""The work of one process: raw records in, outcomes out. A record that fails fails alone."""

from generator.importing import format_named
from generator.importing.finishing import finish
from generator.importing.records import Chunk, Missing, Outcome, Record, Reject, Skipped, Unreadable

Result = Outcome | Reject | Skipped


def convert(chunk: Chunk) -> list[list[Result]]:
    """What becomes of each record of a chunk, in order. A record may hold several articles, or none."""
    module = format_named(chunk.plan.format)
    out: list[list[Result]] = []
    for raw in chunk.raws:
        results: list[Result] = []
        if reason := raw.facts.get("refused"):
            out.append([Reject(raw, reason)])
            continue
        try:
            found = module.read(raw, chunk.plan)
            results.extend(finish(one, raw, chunk.plan) if isinstance(one, Record) else one for one in found)
        except Missing:
            raise
        except Unreadable as error:
            results.append(Reject(raw, str(error)))
        except RecursionError:
            results.append(Reject(raw, "nested too deep"))
        except Exception as error:  # noqa: BLE001 — a mistake of ours with one record of millions must not cost the others
            results.append(
                Reject(
                    raw,
                    f"this record broke the reader, which is a mistake of Roznama's: {type(error).__name__}: {error}",
                )
            )
        out.append(results)
    return out
