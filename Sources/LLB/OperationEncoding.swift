extension Operation {
    /// The operation in protobuf's wire format, byte for byte as Go's deterministic marshaller writes it.
    package var encoded: [UInt8] {
        var writer = ProtobufWriter(capacity: 256)
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
                message.string(4, platform.osVersion)
                message.strings(5, platform.osFeatures)
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
        case .build(let build): writer.message(5) { build.encode(into: &$0) }
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
            if let proxy { meta.message(5) { proxy.encode(into: &$0) } }
            for host in extraHosts {
                meta.message(6) { message in
                    message.string(1, host.name)
                    message.string(2, host.address)
                }
            }
            meta.string(7, hostname)
            for limit in ulimits {
                meta.message(9) { message in
                    message.string(1, limit.name)
                    message.integer(2, limit.soft)
                    message.integer(3, limit.hard)
                }
            }
            meta.string(10, cgroupParent)
            meta.bool(11, removesMountStubs)
            meta.packedIntegers(12, validExitCodes)
        }
        for mount in mounts {
            writer.message(2) { mount.encode(into: &$0) }
        }
        writer.integer(3, network.rawValue)
        writer.integer(4, security.rawValue)
        for variable in secretVariables {
            writer.message(5) { message in
                message.string(1, variable.id)
                message.string(2, variable.name)
                message.bool(3, variable.isOptional)
            }
        }
        for device in devices {
            writer.message(6) { message in
                message.string(1, device.name)
                message.bool(2, device.isOptional)
            }
        }
    }
}

extension Operation.Proxy {
    fileprivate func encode(into writer: inout ProtobufWriter) {
        writer.string(1, http)
        writer.string(2, https)
        writer.string(3, ftp)
        writer.string(4, none)
        writer.string(5, all)
    }
}

extension Operation.Agent {
    fileprivate func encode(into writer: inout ProtobufWriter) {
        writer.string(1, id)
        writer.integer(2, Int(userID))
        writer.integer(3, Int(groupID))
        writer.integer(4, Int(mode))
        writer.bool(5, isOptional)
    }
}

extension Operation.Build {
    fileprivate func encode(into writer: inout ProtobufWriter) {
        writer.integer(1, builder)
        for (name, index) in inputs.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            writer.message(2) { entry in
                entry.presentString(1, name)
                entry.message(2) { $0.integer(1, index) }
            }
        }
        if let definition { writer.message(3) { definition.encode(into: &$0) } }
        writer.map(4, attributes)
    }
}

extension Operation.Mount {
    /// `MountType` of `ops.proto`.
    var typeNumber: Int {
        switch kind {
        case .bind: 0
        case .secret: 1
        case .ssh: 2
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
        case .secret(let agent): writer.message(21) { agent.encode(into: &$0) }
        case .ssh(let agent): writer.message(22) { agent.encode(into: &$0) }
        }
        writer.string(23, resultID)
        writer.integer(24, contentCache.rawValue)
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
        case .makeSymlink(let link):
            writer.message(8) { message in
                message.string(1, link.target)
                message.string(2, link.path)
                link.owner?.encode(field: 3, into: &message)
                message.integer(4, link.timestamp)
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
        writer.bool(14, replacesDestination)
        writer.string(15, symbolicMode)
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
