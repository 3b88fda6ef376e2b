import EnvdLanguage
import LLB
import PlanRendering

extension PlanRecord {
    /// With one member more, unless that is absent.
    func adding(_ name: String, _ value: PlanRecord) -> PlanRecord {
        guard case .members(let members) = self else { return self }
        return .members(members + [(name, value)])
    }
}

/// The difference of two plans as plain data: what `envd plan --diff … --format json` prints.
extension PlanRecord {
    /// The version of the shape; it grows when a member goes or changes its meaning.
    private static let differenceVersion = 1

    init(_ diff: PlanDiff, summary: String) {
        let difference = diff.difference
        self = .members([
            ("version", .number(Self.differenceVersion)),
            ("program", .text("\(diff.request.project.displayPrefix)\(diff.request.file):\(diff.request.function)")),
            ("against", PlanRecord(diff.other)),
            ("summary", .text(summary)),
            ("steps", .list(zip(difference.steps, difference.new.steps).map { PlanRecord($0, $1) })),
            (
                "removed",
                .list(
                    difference.removed.map { number in
                        let step = difference.old.steps[number - 1]
                        return .members([
                            ("was", .number(number)), ("kind", .text(step.kind.rawValue)), ("title", .text(step.title)),
                        ])
                    })
            ),
            ("runtime", .list(difference.runtime.map { .members([("name", .text($0.name))] + Self.members(of: $0)) })),
            (
                "facts",
                .list(
                    difference.facts.map { fact in
                        .members(
                            [
                                ("kind", .text(fact.kind)), ("name", .text(fact.name)),
                            ] + Self.members(of: fact.change))
                    })
            ),
        ])
    }

    private init(_ other: PlanDiff.Other) {
        switch other {
        case .directory(let name): self = .members([("kind", .text("directory")), ("name", .text(name))])
        case .file(let name): self = .members([("kind", .text("file")), ("name", .text(name))])
        case .savedPlan(let name): self = .members([("kind", .text("savedPlan")), ("name", .text(name))])
        case .revision(let name, let commit):
            self = .members([("kind", .text("revision")), ("name", .text(name)), ("commit", .text(commit))])
        }
    }

    private init(_ change: PlanDifference.StepChange, _ step: PlanSnapshot.Step) {
        self = .members([
            ("step", .number(change.number)),
            ("was", change.counterpart.map(PlanRecord.number) ?? .absent),
            ("state", .text(change.state.rawValue)),
            ("everyBuild", .flag(step.isNeverCached)),
            ("kind", .text(step.kind.rawValue)),
            ("title", .text(step.title)),
            ("digest", .text(step.digest.description)),
            (
                "locations",
                .list(
                    step.locations.map { location in
                        .members([
                            ("file", .text(location.file)), ("line", .number(location.line)),
                            ("column", .number(location.column)),
                        ])
                    })
            ),
            ("cause", change.state == .unchanged ? .absent : .number(change.cause)),
            ("reasons", .list(change.reasons.map { PlanRecord($0) })),
        ])
    }

    private static func members(of change: PlanDifference.ValueChange) -> [(String, PlanRecord)] {
        [("removed", .texts(change.removed)), ("added", .texts(change.added))]
    }

    private init(_ reason: PlanDifference.Reason) {
        let members: [(String, PlanRecord)]
        switch reason {
        case .operation(let change):
            members = [("kind", .text("operation")), ("name", .text(change.name))] + Self.members(of: change)
        case .files(let path, let changes):
            members = [
                ("kind", .text("files")), ("path", .text(path)),
                (
                    "files",
                    .list(
                        changes.map { change in
                            .members([
                                ("path", .text(change.path.description)), ("change", .text(change.kind.rawValue)),
                            ])
                        })
                ),
            ]
        case .unknownFiles(let paths):
            members = [("kind", .text("unknownFiles")), ("paths", .texts(paths.map(\.description)))]
        case .filteredFiles(let path): members = [("kind", .text("filteredFiles")), ("path", .text(path))]
        case .after(let step): members = [("kind", .text("after")), ("step", .number(step))]
        case .contentOf(let step, let paths):
            members = [("kind", .text("contentOf")), ("step", .number(step)), ("paths", .texts(paths))]
        case .otherInput(let now, let before):
            members = [
                ("kind", .text("otherInput")), ("step", .number(now)),
                ("was", before.map(PlanRecord.number) ?? .absent),
            ]
        case .otherSettings: members = [("kind", .text("otherSettings"))]
        case .new: members = [("kind", .text("new"))]
        }
        self = .members(members)
    }
}

/// What a saved plan has to hold so that another one can be compared with it; `PlanSnapshot.init(savedIn:)` reads it.
extension PlanRecord {
    init(_ snapshot: PlanSnapshot) {
        var contents: [SelectedFiles] = []
        var positions: [SelectedFiles: Int] = [:]
        let steps = snapshot.steps.map { step in
            let inputs = step.inputs.map { input in
                let files = input.files.map { selected in
                    let position = positions[selected.files] ?? contents.count
                    if position == contents.count {
                        positions[selected.files] = position
                        contents.append(selected.files)
                    }
                    return PlanRecord.members([
                        ("path", .text(selected.path)), ("filtered", .flag(selected.isFiltered)),
                        ("content", .number(position)),
                    ])
                }
                return PlanRecord.members([
                    ("step", .number(input.step)), ("roles", .texts(input.roles)),
                    ("byContent", .flag(input.isByContent)), ("files", .list(files)),
                ])
            }
            return PlanRecord.members([
                ("kind", .text(step.kind.rawValue)), ("title", .text(step.title)),
                ("digest", .text(step.digest.description)), ("key", .text(step.keys.certain.description)),
                ("possibleKey", .text(step.keys.possible.description)),
                ("operationKey", .text(step.keys.operation.description)), ("neverCached", .flag(step.isNeverCached)),
                ("facets", .list(step.facets.map { Self.values($0.name, $0.values) })), ("inputs", .list(inputs)),
            ])
        }
        let facts = snapshot.facts.map { fact in
            PlanRecord.members([
                ("kind", .text(fact.kind)), ("name", .text(fact.name)), ("values", .texts(fact.values)),
            ])
        }
        let files = contents.map { content in
            PlanRecord.list(
                content.files.map { file in
                    .members([
                        ("path", .text(String(decoding: file.path.bytes, as: UTF8.self))),
                        ("kind", .text(file.entry.kind.rawValue)), ("mode", .number(Int(file.entry.mode))),
                        ("identity", .text(file.identity)),
                    ])
                })
        }
        self = .members([
            ("version", .number(PlanSnapshot.version)), ("steps", .list(steps)), ("contents", .list(files)),
            ("facts", .list(facts)), ("runtime", .list(snapshot.runtime.map { Self.values($0.name, $0.values) })),
        ])
    }

    private static func values(_ name: String, _ values: [String]) -> PlanRecord {
        .members([("name", .text(name)), ("values", .texts(values))])
    }
}
