/// What travels beside an operation and does not change its digest: `pb.OpMetadata`.
package struct OperationMetadata: Hashable, Sendable {
    package var ignoresCache = false
    /// Texts for people; `customNameKey` is the one that progress displays show.
    package var description: [String: String] = [:]
    /// What a builder has to understand to run the operation.
    package var capabilities: Set<Capability> = []

    package static let customNameKey = "llb.customname"

    package init() {}

    package var customName: String? { description[OperationMetadata.customNameKey] }

    /// Adds what another vertex with the same digest says; where both say something, the other wins.
    mutating func merge(_ other: OperationMetadata) {
        ignoresCache = ignoresCache || other.ignoresCache
        description.merge(other.description) { _, new in new }
        capabilities.formUnion(other.capabilities)
    }
}

/// The names of BuildKit's `solver/pb/caps.go`, those that this package uses.
package enum Capability: String, Hashable, Sendable {
    case sourceImage = "source.image"
    case sourceLocal = "source.local"
    case sourceLocalUnique = "source.local.unique"
    case sourceLocalIncludePatterns = "source.local.includepatterns"
    case sourceLocalExcludePatterns = "source.local.excludepatterns"
    case sourceLocalFollowPaths = "source.local.followpaths"
    case sourceLocalSharedKeyHint = "source.local.sharedkeyhint"
    case sourceGit = "source.git"
    case sourceGitFullURL = "source.git.fullurl"
    case sourceGitKeepDirectory = "source.git.keepgitdir"
    case sourceHTTP = "source.http"
    case sourceHTTPChecksum = "source.http.checksum"
    case sourceHTTPPermissions = "source.http.perm"
    /// BuildKit's own spelling.
    case sourceHTTPOwner = "soruce.http.uidgid"
    case execMetaBase = "exec.meta.base"
    case execMetaNetwork = "exec.meta.network"
    case execMetaSecurity = "exec.meta.security"
    case execMountBind = "exec.mount.bind"
    case execMountCache = "exec.mount.cache"
    case execMountCacheSharing = "exec.mount.cache.sharing"
    case execMountSelector = "exec.mount.selector"
    case execMountTmpfs = "exec.mount.tmpfs"
    case execMountTmpfsSize = "exec.mount.tmpfs.size"
    case fileBase = "file.base"
    case merge = "mergeop"
    case diff = "diffop"
    case constraints
    case platform
    case metaIgnoreCache = "meta.ignorecache"
    case metaDescription = "meta.description"
}
