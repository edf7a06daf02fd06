"""A small file of each speech service's JSON, for the contract suite. Every one is the same short exchange."""

from __future__ import annotations

import json
from typing import Any

ASKS, SAYS = "What brings you here?", "Our stock counts never agree."


def _words(said: str, start: float, **more: Any) -> list[dict[str, Any]]:
    return [
        {
            "word": w,
            "start": round(start + 0.4 * i, 3),
            "end": round(start + 0.4 * i + 0.3, 3),
            "confidence": 0.9,
            **more,
        }
        for i, w in enumerate(said.split())
    ]


TURNS = [("A", ASKS, _words(ASKS, 0.5)), ("B", SAYS, _words(SAYS, 3.0))]
ALL = [dict(w, speaker=n) for n, (_, _, ws) in enumerate(TURNS) for w in ws]


def _aws(word: dict[str, Any]) -> dict[str, Any]:
    best = {"confidence": "0.9", "content": word["word"]}
    times = {"start_time": str(word["start"]), "end_time": str(word["end"])}
    return {"type": "pronunciation", "alternatives": [best], "speaker_label": f"spk_{word['speaker']}", **times}


_GONG_PARTIES = [
    {"speakerId": "A", "name": "Ana", "affiliation": "Internal"},
    {"speakerId": "B", "name": "Ben", "affiliation": "External"},
]
_MEET = "conferenceRecords/k/"

_VALUES: dict[str, Any] = {
    "gong": {
        "callTranscripts": [
            {
                "callId": "1",
                "transcript": [
                    {
                        "speakerId": who,
                        "topic": "x",
                        "sentences": [{"start": ws[0]["start"] * 1000, "end": ws[-1]["end"] * 1000, "text": said}],
                    }
                    for who, said, ws in TURNS
                ],
            }
        ],
        "parties": _GONG_PARTIES,
    },
    "fireflies": {
        "data": {
            "transcript": {
                "id": "f",
                "speakers": [{"id": 0, "name": "Ana"}],
                "sentences": [
                    {
                        "index": n,
                        "speaker_name": who,
                        "text": said,
                        "start_time": ws[0]["start"],
                        "end_time": ws[-1]["end"],
                    }
                    for n, (who, said, ws) in enumerate(TURNS)
                ],
            }
        }
    },
    "fathom": {
        "transcript": [
            {"speaker": {"display_name": who}, "text": said, "timestamp": f"00:00:0{int(ws[0]['start'])}"}
            for who, said, ws in TURNS
        ]
    },
    "chorus": {
        "data": {
            "attributes": {
                "recording": {
                    "utterances": [
                        {"speaker_name": who, "speaker_type": role, "snippet_time": ws[0]["start"], "snippet": said}
                        for (who, said, ws), role in zip(TURNS, ("rep", "cust"), strict=True)
                    ]
                }
            }
        }
    },
    "assemblyai": {
        "id": "t",
        "status": "completed",
        "audio_url": "https://a.example/a.mp3",
        "text": f"{ASKS} {SAYS}",
        "utterances": [
            {
                "speaker": who,
                "text": said,
                "start": ws[0]["start"] * 1000,
                "end": ws[-1]["end"] * 1000,
                "words": [
                    {"text": w["word"], "start": w["start"] * 1000, "end": w["end"] * 1000, "confidence": 0.9}
                    for w in ws
                ],
            }
            for who, said, ws in TURNS
        ],
    },
    "deepgram": {
        "metadata": {"request_id": "q"},
        "results": {"channels": [{"alternatives": [{"transcript": f"{ASKS} {SAYS}", "words": ALL}]}]},
    },
    "aws": {
        "jobName": "j",
        "results": {"transcripts": [{"transcript": f"{ASKS} {SAYS}"}], "items": [_aws(w) for w in ALL]},
    },
    "aws-call-analytics": {
        "JobName": "j",
        "Participants": [{"ParticipantRole": "AGENT"}, {"ParticipantRole": "CUSTOMER"}],
        "Transcript": [
            {
                "ParticipantRole": role,
                "Content": said,
                "BeginOffsetMillis": int(ws[0]["start"] * 1000),
                "EndOffsetMillis": int(ws[-1]["end"] * 1000),
                "Items": [],
            }
            for (_, said, ws), role in zip(TURNS, ("AGENT", "CUSTOMER"), strict=True)
        ],
    },
    "google-stt": {
        "results": [
            {
                "alternatives": [
                    {
                        "transcript": f"{ASKS} {SAYS}",
                        "words": [
                            {
                                "word": w["word"],
                                "startTime": f"{w['start']}s",
                                "endTime": f"{w['end']}s",
                                "speakerTag": w["speaker"] + 1,
                            }
                            for w in ALL
                        ],
                    }
                ]
            }
        ]
    },
    "google-meet": {
        "transcriptEntries": [
            {
                "name": f"{_MEET}transcripts/t/entries/{n}",
                "participant": f"{_MEET}participants/{who}",
                "text": said,
                "startTime": f"2026-02-02T10:00:0{n}Z",
                "endTime": f"2026-02-02T10:00:0{n}.9Z",
            }
            for n, (who, said, _) in enumerate(TURNS)
        ],
        "participants": [{"name": f"{_MEET}participants/A", "signedinUser": {"displayName": "Ana"}}],
    },
    "azure-batch": {
        "recognizedPhrases": [
            {
                "recognitionStatus": "Success",
                "channel": 0,
                "speaker": n + 1,
                "offset": f"PT{ws[0]['start']}S",
                "duration": "PT1.5S",
                "nBest": [{"confidence": 0.9, "display": said}],
            }
            for n, (_, said, ws) in enumerate(TURNS)
        ]
    },
    "rev": {
        "monologues": [
            {
                "speaker": n,
                "elements": [
                    {"type": "text", "value": w["word"], "ts": w["start"], "end_ts": w["end"], "confidence": 0.9}
                    for w in ws
                ],
            }
            for n, (_, _, ws) in enumerate(TURNS)
        ]
    },
    "whisper": {
        "segments": [
            {"start": ws[0]["start"], "end": ws[-1]["end"], "text": f" {said}", "speaker": f"SPEAKER_0{n}", "words": ws}
            for n, (_, said, ws) in enumerate(TURNS)
        ],
        "language": "en",
    },
    "json": {"turns": [{"name": who, "text": said, "start": ws[0]["start"]} for who, said, ws in TURNS]},
}

SPEECH: dict[str, bytes] = {name: json.dumps(value, indent=1).encode() for name, value in _VALUES.items()}
