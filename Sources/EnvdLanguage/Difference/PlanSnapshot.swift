import LLB

/// A plan together with what the files that it uses held: all that is needed to say later what has changed since.
package struct PlanSnapshot: Hashable, Sendable {
    package var steps: [Step]
    /// What was known of the world, and used.
    package var facts: [Fact]
    /// How the environment runs once it is built.
    package var runtime: [Facet]

    package struct Step: Hashable, Sendable {
        /// Counted from 1, as in `Plan.steps`.
        package var number: Int
        package var kind: PlanStep.Kind
        package var title: String
        package var locations: [SourceLocation]
        package var digest: Digest
        package var keys: Keys
        package var facets: [Facet]
        package var inputs: [Input]
        /// Whether BuildKit runs it in every build: it depends on a directory of the client by more than content, or asks
        /// not to be cached.
        package var isNeverCached: Bool
    }

    /// Under which keys BuildKit's cache knows the result of a step. The texts are ours; that two of them are equal means
    /// that BuildKit's are.
    package struct Keys: Hashable, Sendable {
        /// Two steps that share it have the same result in the cache.
        package var certain: Digest
        /// Two steps that do not share it have different results in the cache. Those that share it and no `certain` one
        /// may have the same: that depends on what a step gives that is run, or on the version of the builder.
        package var possible: Digest
        /// The operation alone.
        package var operation: Digest
    }

    /// One of the things that make an operation what it is, in words for people.
    package struct Facet: Hashable, Sendable {
        package var name: String
        package var values: [String]

        package init(_ name: String, _ values: [String]) {
            self.name = name
            self.values = values
        }
    }

    package struct Input: Hashable, Sendable {
        package var step: Int
        package var roles: [String]
        package var isByContent: Bool
        /// Of the project's directory; none for other inputs.
        package var files: [Selected]
    }

    package struct Selected: Hashable, Sendable {
        /// As seen from the project.
        package var path: String
        package var isFiltered: Bool
        package var files: SelectedFiles
    }

    package struct Fact: Hashable, Sendable {
        package var kind: String
        package var name: String
        package var values: [String]
    }
}

extension PlanSnapshot {
    /// The name under which envd offers the directory of the project to the builder.
    private static let projectDirectory = "build-context"

    /// - Parameters:
    ///   - tree: the files of the project for which the plan was made.
    ///   - former: what this is compared with. An image of which that does not know what its name stood for is told apart
    ///     by its name, and one of which only that knows is taken to be the same.
    /// - Throws: if a file that a step uses cannot be read, or there are too many.
    package init(
        _ plan: Plan, facts sources: [FactSource], files tree: any FileTree, after former: PlanSnapshot? = nil,
        limits: LocalContent.Limits = .init()
    ) throws(ProjectDirectory.ReadError) {
        var content = LocalContent(tree, limits: limits)
        steps = []
        runtime = plan.runtime.facets
        facts = FactLookup(sources).values(of: plan.facts.map(\.subject))
        let planned = plan.steps
        let images = ImageDigests(planned, sources, after: former)
        facts += images.facts
        let ignored = Set(plan.definition.entries.filter(\.metadata.ignoresCache).map(\.digest))
        for step in planned {
            let operation = step.operation
            let dependencies = operation.dependencies
            var certain = KeyWriter()
            var possible = KeyWriter()
            let image = images.digest(of: step)
            let own = operation.key(dependencies, image: image, forgetsCacheNames: false)
            certain.add(own.description)
            possible.add(operation.key(dependencies, image: image, forgetsCacheNames: true).description)
            var inputs: [Input] = []
            var isNeverCached = ignored.contains(step.digest)
            // The steps that an operation needs are its inputs, one by one: no step lacks its inputs in a plan.
            for (dependency, (input, number)) in zip(dependencies, zip(operation.inputs, step.needs)) {
                let source = planned[number - 1].operation.clientSource
                var selected: [Selected] = []
                let paths = dependency.selections.map { "\($0.path)\0\($0.followsLink)" }.sorted()
                switch (dependency.basis, source) {
                case (.content, let source?) where source.clientDirectory == PlanSnapshot.projectDirectory:
                    for selection in dependency.selections {
                        let files = try content.select(.init(path: selection.path, followsLink: selection.followsLink))
                        let isFiltered = selection.isFiltered || source.selectsByPattern
                        selected.append(
                            Selected(path: TreePath(selection.path).description, isFiltered: isFiltered, files: files))
                        // What is not known of one tree equals nothing in another.
                        certain.add(files.digest?.description ?? "unknown in \(type(of: tree))")
                        if !isFiltered { possible.add(files.digestOfKnown.description) }
                    }
                case (.content, .some), (.definition, _):
                    if source != nil, dependency.basis == .definition { isNeverCached = true }
                    let keys = steps[number - 1].keys
                    certain.add([keys.certain.description, String(input.index)] + paths)
                    possible.add([keys.possible.description, String(input.index)] + paths)
                case (.content, nil):
                    certain.add([steps[number - 1].keys.certain.description, String(input.index)] + paths)
                    possible.add("content")
                }
                inputs.append(
                    Input(
                        step: number, roles: dependency.roles, isByContent: dependency.basis == .content,
                        files: selected))
            }
            steps.append(
                Step(
                    number: step.number, kind: step.kind, title: step.title, locations: step.locations,
                    digest: step.digest,
                    keys: Keys(certain: certain.digest, possible: possible.digest, operation: own),
                    facets: operation.facets(dependencies) + (image.map { [Facet("digest", [$0])] } ?? []),
                    inputs: inputs, isNeverCached: isNeverCached))
        }
    }
}

extension Operation {
    /// Nil if it is no directory of the client.
    fileprivate var clientSource: Source? {
        guard case .source(let source) = body, source.clientDirectory != nil else { return nil }
        return source
    }
}

/// Puts texts one after another so that no two lists of texts look the same.
private struct KeyWriter {
    private var bytes: [UInt8] = []

    mutating func add(_ text: String) {
        bytes += Array("\(text.utf8.count):".utf8) + Array(text.utf8)
    }

    mutating func add(_ texts: [String]) {
        add("\(texts.count)")
        for text in texts { add(text) }
    }

    var digest: Digest { Digest(of: bytes) }
}

extension FactLookup {
    /// What the sources say of these subjects, in words; nothing for what is only assumed.
    fileprivate func values(of subjects: [UsedFact.Subject]) -> [PlanSnapshot.Fact] {
        var facts: [PlanSnapshot.Fact] = []
        for subject in subjects {
            switch subject {
            case .image(let name):
                guard let fact = try? image(name) else { continue }
                let settings = [
                    "user " + fact.user, "directory " + fact.workingDirectory,
                    "entrypoint " + fact.entrypoint.joined(separator: " "),
                ]
                facts.append(.init(kind: "image", name: name, values: fact.environment + settings))
            case .release(let name):
                facts.append(.init(kind: "release", name: name, values: release(name).map { [$0] } ?? []))
            case .extension(let name):
                facts.append(.init(kind: "extension", name: name, values: hasExtension(name) ? [] : ["missing"]))
            case .file, .repository: continue
            }
        }
        return facts
    }
}
