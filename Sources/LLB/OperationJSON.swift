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
                        for name in metadata.capabilities.map(\.rawValue)
                            .sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) })
                        {
                            caps.optional(name, bool: true)
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
                    file.member("actions", array: actions) { array, action in
                        array.object { action.write(to: &$0) }
                    }
                }
            case .merge(let inputs):
                object.member("merge") { merge in
                    merge.member("inputs", array: inputs) { array, input in
                        array.object { $0.optional("input", integer: input) }
                    }
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
            meta.optional("removeMountStubsRecursive", bool: true)
        }
        json.member("mounts", array: mounts) { array, mount in
            array.object { object in
                object.optional("input", integer: mount.input)
                object.optional("selector", string: mount.selector)
                object.optional("dest", string: mount.destination)
                object.optional("output", integer: mount.output)
                object.optional("readonly", bool: mount.isReadonly)
                object.optional("mountType", integer: mount.typeNumber)
                switch mount.kind {
                case .bind: break
                case .tmpfs(let size): object.member("TmpfsOpt") { $0.optional("size", integer: size) }
                case .cache(let id, let sharing):
                    object.member("cacheOpt") { cache in
                        cache.optional("ID", string: id)
                        cache.optional("sharing", integer: sharing.rawValue)
                    }
                }
            }
        }
        json.optional("network", integer: network.rawValue)
        json.optional("security", integer: security.rawValue)
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
