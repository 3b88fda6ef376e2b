/// Something that a builder has to understand, by its name in BuildKit's `solver/pb/caps.go`. A definition that somebody
/// else made may name others than those here.
package struct Capability: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    private init(_ name: String) {
        rawValue = name
    }

    // MARK: - Sources

    package static let sourceImage = Capability("source.image")
    package static let sourceImageResolveMode = Capability("source.image.resolvemode")
    package static let sourceImageLayerLimit = Capability("source.image.layerlimit")
    package static let sourceImageChecksum = Capability("source.image.checksum")
    package static let sourceLocal = Capability("source.local")
    package static let sourceLocalUnique = Capability("source.local.unique")
    package static let sourceLocalSessionID = Capability("source.local.sessionid")
    package static let sourceLocalIncludePatterns = Capability("source.local.includepatterns")
    package static let sourceLocalExcludePatterns = Capability("source.local.excludepatterns")
    package static let sourceLocalFollowPaths = Capability("source.local.followpaths")
    package static let sourceLocalSharedKeyHint = Capability("source.local.sharedkeyhint")
    package static let sourceLocalDiffer = Capability("source.local.differ")
    package static let sourceLocalMetadataTransfer = Capability("source.local.metadatatransfer")
    package static let sourceGit = Capability("source.git")
    package static let sourceGitFullURL = Capability("source.git.fullurl")
    package static let sourceGitKeepDirectory = Capability("source.git.keepgitdir")
    package static let sourceGitHTTPAuthentication = Capability("source.git.httpauth")
    package static let sourceGitKnownSSHHosts = Capability("source.git.knownsshhosts")
    package static let sourceGitMountSSHSocket = Capability("source.git.mountsshsock")
    package static let sourceGitChecksum = Capability("source.git.checksum")
    package static let sourceGitSkipSubmodules = Capability("source.git.skipsubmodules")
    package static let sourceHTTP = Capability("source.http")
    package static let sourceHTTPAuthentication = Capability("source.http.auth")
    package static let sourceHTTPChecksum = Capability("source.http.checksum")
    package static let sourceHTTPPermissions = Capability("source.http.perm")
    package static let sourceHTTPHeader = Capability("source.http.header")
    /// BuildKit's own spelling.
    package static let sourceHTTPOwner = Capability("soruce.http.uidgid")
    package static let sourceOCILayout = Capability("source.ocilayout")

    // MARK: - Processes

    package static let execMetaBase = Capability("exec.meta.base")
    package static let execMetaNetwork = Capability("exec.meta.network")
    package static let execMetaProxy = Capability("exec.meta.proxyenv")
    package static let execMetaSecurity = Capability("exec.meta.security")
    package static let execMetaUlimit = Capability("exec.meta.ulimit")
    package static let execMetaDevices = Capability("exec.meta.cdi")
    package static let execMountBind = Capability("exec.mount.bind")
    package static let execMountCache = Capability("exec.mount.cache")
    package static let execMountCacheSharing = Capability("exec.mount.cache.sharing")
    package static let execMountContentCache = Capability("exec.mount.cache.content")
    package static let execMountSelector = Capability("exec.mount.selector")
    package static let execMountTmpfs = Capability("exec.mount.tmpfs")
    package static let execMountTmpfsSize = Capability("exec.mount.tmpfs.size")
    package static let execMountSecret = Capability("exec.mount.secret")
    package static let execMountSSH = Capability("exec.mount.ssh")
    package static let execSecretEnvironment = Capability("exec.secretenv")
    package static let execValidExitCodes = Capability("exec.validexitcode")

    // MARK: - The rest

    package static let fileBase = Capability("file.base")
    package static let buildFilename = Capability("source.buildop.llbfilename")
    package static let merge = Capability("mergeop")
    package static let diff = Capability("diffop")
    package static let constraints = Capability("constraints")
    package static let platform = Capability("platform")
    package static let metaIgnoreCache = Capability("meta.ignorecache")
    package static let metaDescription = Capability("meta.description")
    package static let metaExportCache = Capability("meta.exportcache")
}

/// What a builder has to understand to run an operation.
///
/// An array and no `Set`: each has a few elements, they are written in this order, and a set with elements of our own takes the
/// runtime 0.1 ms to set up in each process.
package struct Capabilities: Hashable, Sendable, ExpressibleByArrayLiteral {
    /// Each once, in the order of their UTF-8 bytes.
    package private(set) var elements: [Capability] = []

    package init(arrayLiteral elements: Capability...) {
        for element in elements { insert(element) }
    }

    package var isEmpty: Bool { elements.isEmpty }

    package mutating func insert(_ capability: Capability) {
        var place = elements.count
        while place > 0 {
            let before = elements[place - 1]
            if before == capability { return }
            if before.rawValue.utf8.lexicographicallyPrecedes(capability.rawValue.utf8) { break }
            place -= 1
        }
        elements.insert(capability, at: place)
    }

    package mutating func formUnion(_ other: Capabilities) {
        for capability in other.elements { insert(capability) }
    }

    package func isSuperset(of other: Capabilities) -> Bool {
        for capability in other.elements where !elements.contains(capability) { return false }
        return true
    }
}
