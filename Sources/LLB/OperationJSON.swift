#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Definition.Entry {
    /// One line as `envd debug llb` of upstream prints it: the operation, its digest, its metadata.
    package var json: String {
        var json = JSONText()
        json.object { line in
            line.member("Op") { operation.write(to: &$0) }
            line.member("Digest", string: digest.description)
            line.member("OpMetadata") { object in
                object.optional("ignore_cache", bool: metadata.ignoresCache)
                object.optional("description", map: metadata.description)
                if let exports = metadata.exportsCache {
                    object.member("export_cache") { $0.optional("Value", bool: exports) }
                }
                if !metadata.capabilities.isEmpty {
                    object.member("caps") { caps in
                        for capability in metadata.capabilities.elements {
                            caps.optional(capability.rawValue, bool: true)
                        }
                    }
                }
                if let group = metadata.progressGroup {
                    object.member("progress_group") { progress in
                        progress.optional("id", string: group.id)
                        progress.optional("name", string: group.name)
                        progress.optional("weak", bool: group.isWeak)
                    }
                }
            }
        }
        return json.text
    }
}

extension Operation {
    fileprivate func write(to json: inout JSONText) {
        if !inputs.isEmpty {
            json.member("inputs", array: inputs) { array, input in
                array.object { object in
                    object.member("digest", string: input.digest.description)
                    object.optional("index", integer: input.index)
                }
            }
        }
        json.member("Op") { object in
            switch body {
            case .exec(let exec): object.member("exec") { exec.write(to: &$0) }
            case .source(let source):
                object.member("source") { source1 in
                    source1.optional("identifier", string: source.identifier)
                    source1.optional("attrs", map: source.attributes)
                }
            case .file(let actions):
                object.member("file") { file in
                    file.optional("actions", array: actions) { $1.write(to: &$0) }
                }
            case .build(let build): object.member("build") { build.write(to: &$0) }
            case .merge(let inputs):
                object.member("merge") { merge in
                    merge.optional("inputs", array: inputs) { $0.optional("input", integer: $1) }
                }
            case .diff(let lower, let upper):
                object.member("diff") { diff in
                    diff.member("lower") { $0.optional("input", integer: lower) }
                    diff.member("upper") { $0.optional("input", integer: upper) }
                }
            case nil: break
            }
        }
        if let platform {
            json.member("platform") { object in
                object.optional("Architecture", string: platform.architecture)
                object.optional("OS", string: platform.operatingSystem)
                object.optional("Variant", string: platform.variant)
                object.optional("OSVersion", string: platform.osVersion)
                object.optional("OSFeatures", strings: platform.osFeatures)
            }
        }
        if let workerFilters {
            json.member("constraints") { $0.optional("filter", strings: workerFilters) }
        }
    }
}

extension Operation.Exec {
    fileprivate func write(to json: inout JSONText) {
        json.member("meta") { meta in
            meta.optional("args", strings: arguments)
            meta.optional("env", strings: environment)
            meta.optional("cwd", string: directory)
            meta.optional("user", string: user)
            if let proxy {
                meta.member("proxy_env") { object in
                    object.optional("http_proxy", string: proxy.http)
                    object.optional("https_proxy", string: proxy.https)
                    object.optional("ftp_proxy", string: proxy.ftp)
                    object.optional("no_proxy", string: proxy.none)
                    object.optional("all_proxy", string: proxy.all)
                }
            }
            meta.optional("extraHosts", array: extraHosts) { object, host in
                object.optional("Host", string: host.name)
                object.optional("IP", string: host.address)
            }
            meta.optional("hostname", string: hostname)
            meta.optional("ulimit", array: ulimits) { object, limit in
                object.optional("Name", string: limit.name)
                object.optional("Soft", integer: limit.soft)
                object.optional("Hard", integer: limit.hard)
            }
            meta.optional("cgroupParent", string: cgroupParent)
            meta.optional("removeMountStubsRecursive", bool: removesMountStubs)
            if !validExitCodes.isEmpty {
                meta.member("validExitCodes", array: validExitCodes) { $0.value(integer: $1) }
            }
        }
        json.optional("mounts", array: mounts) { $1.write(to: &$0) }
        json.optional("network", integer: network.rawValue)
        json.optional("security", integer: security.rawValue)
        json.optional("secretenv", array: secretVariables) { object, variable in
            object.optional("ID", string: variable.id)
            object.optional("name", string: variable.name)
            object.optional("optional", bool: variable.isOptional)
        }
        json.optional("cdiDevices", array: devices) { object, device in
            object.optional("name", string: device.name)
            object.optional("optional", bool: device.isOptional)
        }
    }
}

extension Operation.Mount {
    fileprivate func write(to object: inout JSONText) {
        object.optional("input", integer: input)
        object.optional("selector", string: selector)
        object.optional("dest", string: destination)
        object.optional("output", integer: output)
        object.optional("readonly", bool: isReadonly)
        object.optional("mountType", integer: typeNumber)
        switch kind {
        case .bind: break
        case .tmpfs(let size): object.member("TmpfsOpt") { $0.optional("size", integer: size) }
        case .cache(let id, let sharing):
            object.member("cacheOpt") { cache in
                cache.optional("ID", string: id)
                cache.optional("sharing", integer: sharing.rawValue)
            }
        case .secret(let agent): object.member("secretOpt") { agent.write(to: &$0) }
        case .ssh(let agent): object.member("SSHOpt") { agent.write(to: &$0) }
        }
        object.optional("resultID", string: resultID)
        object.optional("contentCache", integer: contentCache.rawValue)
    }
}

extension Operation.Agent {
    fileprivate func write(to json: inout JSONText) {
        json.optional("ID", string: id)
        json.optional("uid", integer: Int(userID))
        json.optional("gid", integer: Int(groupID))
        json.optional("mode", integer: Int(mode))
        json.optional("optional", bool: isOptional)
    }
}

extension Operation.Build {
    fileprivate func write(to json: inout JSONText) {
        json.optional("builder", integer: builder)
        if !inputs.isEmpty {
            json.member("inputs") { object in
                for (name, index) in inputs.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
                    object.member(name) { $0.optional("input", integer: index) }
                }
            }
        }
        if let definition { json.member("def") { definition.write(to: &$0) } }
        json.optional("attrs", map: attributes)
    }
}

extension Definition {
    /// A definition within an operation: its operations as they are encoded.
    fileprivate func write(to json: inout JSONText) {
        if !entries.isEmpty {
            json.member("def", array: entries) { array, entry in
                array.value(string: Data(entry.encoded).base64EncodedString())
            }
        }
    }
}

extension Operation.FileAction {
    fileprivate func write(to json: inout JSONText) {
        json.member("input", integer: input)
        json.member("secondaryInput", integer: secondaryInput)
        json.member("output", integer: output)
        json.member("Action") { action in
            switch kind {
            case .copy(let copy): action.member("copy") { copy.write(to: &$0) }
            case .makeFile(let file):
                action.member("mkfile") { object in
                    object.optional("path", string: file.path)
                    object.optional("mode", integer: file.mode)
                    object.optional("data", string: Data(file.data).base64EncodedString())
                    file.owner?.write(to: &object)
                    object.optional("timestamp", integer: file.timestamp)
                }
            case .makeDirectory(let directory):
                action.member("mkdir") { object in
                    object.optional("path", string: directory.path)
                    object.optional("mode", integer: directory.mode)
                    object.optional("makeParents", bool: directory.makesParents)
                    directory.owner?.write(to: &object)
                    object.optional("timestamp", integer: directory.timestamp)
                }
            case .remove(let removal):
                action.member("rm") { object in
                    object.optional("path", string: removal.path)
                    object.optional("allowNotFound", bool: removal.allowsNotFound)
                    object.optional("allowWildcard", bool: removal.allowsWildcard)
                }
            case .makeSymlink(let link):
                // The printer of BuildKit itself forgets this action and leaves the object empty.
                action.member("symlink") { object in
                    object.optional("oldpath", string: link.target)
                    object.optional("newpath", string: link.path)
                    link.owner?.write(to: &object)
                    object.optional("timestamp", integer: link.timestamp)
                }
            }
        }
    }
}

extension Operation.Copy {
    fileprivate func write(to json: inout JSONText) {
        json.optional("src", string: source)
        json.optional("dest", string: destination)
        owner?.write(to: &json)
        json.optional("mode", integer: mode)
        json.optional("followSymlink", bool: followsSymlink)
        json.optional("dirCopyContents", bool: copiesDirectoryContents)
        json.optional("attemptUnpackDockerCompatibility", bool: unpacksArchives)
        json.optional("createDestPath", bool: createsDestinationPath)
        json.optional("allowWildcard", bool: allowsWildcard)
        json.optional("allowEmptyWildcard", bool: allowsEmptyWildcard)
        json.optional("timestamp", integer: timestamp)
        json.optional("include_patterns", strings: includePatterns)
        json.optional("exclude_patterns", strings: excludePatterns)
        json.optional("alwaysReplaceExistingDestPaths", bool: replacesDestination)
        json.optional("modeStr", string: symbolicMode)
    }
}

extension Operation.Owner {
    fileprivate func write(to json: inout JSONText) {
        json.member("owner") { owner in
            if let user { owner.member("user") { user.write(to: &$0) } }
            if let group { owner.member("group") { group.write(to: &$0) } }
        }
    }
}

extension Operation.Account {
    fileprivate func write(to json: inout JSONText) {
        json.member("User") { object in
            switch self {
            case .id(let id): object.optional("byId", integer: Int(id))
            case .name(let name, let input):
                object.member("byName") { named in
                    named.optional("name", string: name)
                    named.optional("input", integer: input)
                }
            }
        }
    }
}
