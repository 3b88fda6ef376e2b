import Foundation

@testable import LLB

/// Not Foundation's.
private typealias Operation = LLB.Operation

/// What the real envd printed for the programs in `Golden/programs`; `Golden/regenerate` writes the files.
struct Golden {
    static let names = ["python", "sources", "languages"].flatMap { ["\($0)-moby-worker", "\($0)-unix"] }

    let lines: [String]

    init(_ name: String) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Golden/\(name).jsonl")
        lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    func entries() throws -> [Definition.Entry] {
        try lines.map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
            return try Reader(object).entry()
        }
    }

    /// The random name that this run gave to its local sources.
    func localUniqueID() throws -> String? {
        for entry in try entries() {
            if case .source(let source) = entry.operation.body, let id = source.attributes["local.unique"] {
                return id
            }
        }
        return nil
    }
}

/// Reads the printed form back; anything unexpected is an error, so that no field is overlooked.
private struct Reader {
    struct Unexpected: Error {
        let what: String
    }

    let object: Any

    init(_ object: Any) { self.object = object }

    func fields(_ known: String...) throws -> [String: Any] {
        guard let fields = object as? [String: Any] else { throw Unexpected(what: "\(object)") }
        for name in fields.keys where !known.contains(name) { throw Unexpected(what: name) }
        return fields
    }

    func entry() throws -> Definition.Entry {
        let fields = try fields("Op", "Digest", "OpMetadata")
        let metadata = try Reader(fields["OpMetadata"] ?? [:]).metadata()
        guard let text = fields["Digest"] as? String, let digest = Digest(text) else {
            throw Unexpected(what: "\(object)")
        }
        let operation = try Reader(fields["Op"] ?? [:]).operation()
        return Definition.Entry(
            operation: operation, encoded: operation.encoded, digest: digest, metadata: metadata, locations: [])
    }

    private func metadata() throws -> OperationMetadata {
        let fields = try fields("description", "caps")
        var metadata = OperationMetadata()
        metadata.description = fields["description"] as? [String: String] ?? [:]
        for name in (fields["caps"] as? [String: Bool] ?? [:]).keys {
            metadata.capabilities.insert(Capability(rawValue: name))
        }
        return metadata
    }

    private func operation() throws -> Operation {
        let fields = try fields("inputs", "Op", "platform", "constraints")
        let inputs = try (fields["inputs"] as? [[String: Any]] ?? []).map { input in
            guard let digest = Digest(input["digest"] as? String ?? "") else { throw Unexpected(what: "\(input)") }
            return Operation.Input(digest: digest, index: input["index"] as? Int ?? 0)
        }
        let platform = (fields["platform"] as? [String: String]).map {
            Platform(
                operatingSystem: $0["OS"] ?? "", architecture: $0["Architecture"] ?? "", variant: $0["Variant"] ?? "")
        }
        let constraints = (fields["constraints"] as? [String: Any]).map { $0["filter"] as? [String] ?? [] }
        return Operation(
            inputs: inputs, body: try Reader(fields["Op"] ?? [:]).body(), platform: platform, workerFilters: constraints
        )
    }

    private func body() throws -> Operation.Body? {
        let fields = try fields("exec", "source", "file", "merge", "diff")
        if let exec = fields["exec"] { return .exec(try Reader(exec).exec()) }
        if let source = fields["source"] {
            let source = try Reader(source).fields("identifier", "attrs")
            return .source(
                .init(
                    identifier: source["identifier"] as? String ?? "",
                    attributes: source["attrs"] as? [String: String] ?? [:]))
        }
        if let file = fields["file"] {
            let actions = try Reader(file).fields("actions")["actions"] as? [Any] ?? []
            return .file(try actions.map { try Reader($0).fileAction() })
        }
        if let merge = fields["merge"] {
            let inputs = try Reader(merge).fields("inputs")["inputs"] as? [[String: Int]] ?? []
            return .merge(inputs: inputs.map { $0["input"] ?? 0 })
        }
        if let diff = fields["diff"] {
            let sides = try Reader(diff).fields("lower", "upper") as? [String: [String: Int]] ?? [:]
            return .diff(lower: sides["lower"]?["input"] ?? 0, upper: sides["upper"]?["input"] ?? 0)
        }
        return nil
    }

    private func exec() throws -> Operation.Exec {
        let fields = try fields("meta", "mounts", "network", "security")
        let meta = try Reader(fields["meta"] ?? [:])
            .fields("args", "env", "cwd", "user", "removeMountStubsRecursive")
        return Operation.Exec(
            arguments: meta["args"] as? [String] ?? [], environment: meta["env"] as? [String] ?? [],
            directory: meta["cwd"] as? String ?? "", user: meta["user"] as? String ?? "",
            mounts: try (fields["mounts"] as? [Any] ?? []).map { try Reader($0).mount() },
            network: Operation.NetworkMode(rawValue: fields["network"] as? Int ?? 0) ?? .sandbox,
            security: Operation.SecurityMode(rawValue: fields["security"] as? Int ?? 0) ?? .sandbox)
    }

    private func mount() throws -> Operation.Mount {
        let fields = try fields("input", "selector", "dest", "output", "readonly", "mountType", "cacheOpt")
        var kind = Operation.Mount.Kind.bind
        if let cache = fields["cacheOpt"] as? [String: Any] {
            kind = .cache(
                id: cache["ID"] as? String ?? "",
                sharing: Operation.CacheSharing(rawValue: cache["sharing"] as? Int ?? 0) ?? .shared)
        }
        return Operation.Mount(
            input: fields["input"] as? Int ?? 0, selector: fields["selector"] as? String ?? "",
            destination: fields["dest"] as? String ?? "", output: fields["output"] as? Int ?? 0,
            isReadonly: fields["readonly"] as? Bool ?? false, kind: kind)
    }

    private func fileAction() throws -> Operation.FileAction {
        let fields = try fields("input", "secondaryInput", "output", "Action")
        let action = try Reader(fields["Action"] ?? [:]).fields("copy", "mkfile", "mkdir", "rm")
        let kind: Operation.FileAction.Kind
        if let copy = action["copy"] {
            let copy = try Reader(copy).fields("src", "dest", "owner", "mode", "createDestPath", "timestamp")
            var result = Operation.Copy(
                source: copy["src"] as? String ?? "", destination: copy["dest"] as? String ?? "",
                owner: owner(copy["owner"]))
            result.createsDestinationPath = copy["createDestPath"] as? Bool ?? false
            kind = .copy(result)
        } else if let file = action["mkfile"] {
            let file = try Reader(file).fields("path", "mode", "data", "owner", "timestamp")
            kind = .makeFile(
                .init(
                    path: file["path"] as? String ?? "", mode: file["mode"] as? Int ?? 0,
                    data: Array(Data(base64Encoded: file["data"] as? String ?? "") ?? Data()),
                    owner: owner(file["owner"])))
        } else if let directory = action["mkdir"] {
            let directory = try Reader(directory).fields("path", "mode", "makeParents", "owner", "timestamp")
            kind = .makeDirectory(
                .init(
                    path: directory["path"] as? String ?? "", mode: directory["mode"] as? Int ?? 0,
                    makesParents: directory["makeParents"] as? Bool ?? false, owner: owner(directory["owner"])))
        } else {
            let removal = try Reader(action["rm"] ?? 0).fields("path", "allowNotFound", "allowWildcard")
            kind = .remove(
                .init(path: removal["path"] as? String ?? "", allowsNotFound: false, allowsWildcard: false))
        }
        return Operation.FileAction(
            input: fields["input"] as? Int ?? 0, secondaryInput: fields["secondaryInput"] as? Int ?? 0,
            output: fields["output"] as? Int ?? 0, kind: kind)
    }

    private func owner(_ owner: Any?) -> Operation.Owner? {
        guard let owner = owner as? [String: [String: [String: Any]]] else { return nil }
        let account: ([String: [String: Any]]?) -> Operation.Account? = { account in
            account.map { .id(($0["User"]?["byId"] as? Int).map(UInt32.init) ?? 0) }
        }
        return Operation.Owner(user: account(owner["user"]), group: account(owner["group"]))
    }
}
