extension Operation {
    /// The operation in protobuf's wire format, byte for byte as Go's deterministic marshaller writes it.
    package var encoded: [UInt8] {
        var writer = ProtobufWriter()
        for input in inputs {
            writer.message(1) { message in
                message.string(1, input.digest.description)
                message.integer(2, input.index)
            }
        }
        if let platform {
            writer.message(10) { message in
                message.string(1, platform.architecture)
                message.string(2, platform.operatingSystem)
                message.string(3, platform.variant)
            }
        }
        if let workerFilters {
            writer.message(11) { $0.strings(1, workerFilters) }
        }
        // `Op.op` is a oneof: its member comes last although its number is lower.
        switch body {
        case .exec(let exec): writer.message(2) { exec.encode(into: &$0) }
        case .source(let source):
            writer.message(3) { message in
                message.string(1, source.identifier)
                message.map(2, source.attributes)
            }
        case .file(let actions):
            writer.message(4) { message in
                for action in actions {
                    message.message(2) { action.encode(into: &$0) }
                }
            }
        case .merge(let inputs):
            writer.message(6) { message in
                for input in inputs {
                    message.message(1) { $0.integer(1, input) }
                }
            }
        case .diff(let lower, let upper):
            writer.message(7) { message in
                message.message(1) { $0.integer(1, lower) }
                message.message(2) { $0.integer(1, upper) }
            }
        case nil: break
        }
        return writer.bytes
    }

    package var digest: Digest { Digest(of: encoded) }
}

extension Operation.Exec {
    fileprivate func encode(into writer: inout ProtobufWriter) {
        writer.message(1) { meta in
            meta.strings(1, arguments)
            meta.strings(2, environment)
            meta.string(3, directory)
            meta.string(4, user)
            // BuildKit's client sets `removeMountStubsRecursive` always.
            meta.bool(11, true)
        }
        for mount in mounts {
            writer.message(2) { mount.encode(into: &$0) }
        }
        writer.integer(3, network.rawValue)
        writer.integer(4, security.rawValue)
    }
}

extension Operation.Mount {
    /// `MountType` of `ops.proto`.
    var typeNumber: Int {
        switch kind {
        case .bind: 0
        case .cache: 3
        case .tmpfs: 4
        }
    }

    fileprivate func encode(into writer: inout ProtobufWriter) {
        writer.integer(1, input)
        writer.string(2, selector)
        writer.string(3, destination)
        writer.integer(4, output)
        writer.bool(5, isReadonly)
        writer.integer(6, typeNumber)
        switch kind {
        case .bind: break
        case .tmpfs(let size): writer.message(19) { $0.integer(1, size) }
        case .cache(let id, let sharing):
            writer.message(20) { message in
                message.string(1, id)
                message.integer(2, sharing.rawValue)
            }
        }
    }
}

extension Operation.FileAction {
    fileprivate func encode(into writer: inout ProtobufWriter) {
        writer.integer(1, input)
        writer.integer(2, secondaryInput)
        writer.integer(3, output)
        switch kind {
        case .copy(let copy): writer.message(4) { copy.encode(into: &$0) }
        case .makeFile(let file):
            writer.message(5) { message in
                message.string(1, file.path)
                message.integer(2, file.mode)
                message.data(3, file.data)
                file.owner?.encode(field: 4, into: &message)
                message.integer(5, file.timestamp)
            }
        case .makeDirectory(let directory):
            writer.message(6) { message in
                message.string(1, directory.path)
                message.integer(2, directory.mode)
                message.bool(3, directory.makesParents)
                directory.owner?.encode(field: 4, into: &message)
                message.integer(5, directory.timestamp)
            }
        case .remove(let removal):
            writer.message(7) { message in
                message.string(1, removal.path)
                message.bool(2, removal.allowsNotFound)
                message.bool(3, removal.allowsWildcard)
            }
        }
    }
}

extension Operation.Copy {
    fileprivate func encode(into writer: inout ProtobufWriter) {
        writer.string(1, source)
        writer.string(2, destination)
        owner?.encode(field: 3, into: &writer)
        writer.integer(4, mode)
        writer.bool(5, followsSymlink)
        writer.bool(6, copiesDirectoryContents)
        writer.bool(7, unpacksArchives)
        writer.bool(8, createsDestinationPath)
        writer.bool(9, allowsWildcard)
        writer.bool(10, allowsEmptyWildcard)
        writer.integer(11, timestamp)
        writer.strings(12, includePatterns)
        writer.strings(13, excludePatterns)
    }
}

extension Operation.Owner {
    fileprivate func encode(field: Int, into writer: inout ProtobufWriter) {
        writer.message(field) { message in
            if let user { message.message(1) { user.encode(into: &$0) } }
            if let group { message.message(2) { group.encode(into: &$0) } }
        }
    }
}

extension Operation.Account {
    fileprivate func encode(into writer: inout ProtobufWriter) {
        switch self {
        case .name(let name, let input):
            writer.message(1) { message in
                message.string(1, name)
                message.integer(2, input)
            }
        case .id(let id): writer.presentInteger(2, Int(id))
        }
    }
}
