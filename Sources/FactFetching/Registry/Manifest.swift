import LLB

/// What a registry keeps under a tag, by the OCI image specification or by Docker's (schema 2): the manifest of an image,
/// or an index of the manifests for several platforms.
struct Manifest: Decodable {
    var mediaType: String?
    var schemaVersion: Int?
    /// Of an image.
    var config: Descriptor?
    /// Of an index.
    var manifests: [Descriptor]?

    struct Descriptor: Decodable {
        var mediaType: String?
        var digest: String
        var size: Int
        var platform: PlatformDescription?
    }

    struct PlatformDescription: Decodable {
        var os: String?
        var architecture: String?
        var variant: String?

        var text: String {
            ([os ?? "?", architecture ?? "?"] + (variant.map { $0.isEmpty ? [] : [$0] } ?? [])).joined(separator: "/")
        }
    }

    static let indexTypes = [
        "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json",
    ]
    static let imageTypes = [
        "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json",
    ]
    static let configTypes = [
        "application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json",
    ]

    /// The entry of an index for a platform; of several the one whose variant fits best.
    func entry(for platform: Platform) -> Descriptor? {
        let candidates = (manifests ?? []).filter {
            $0.platform?.os == platform.operatingSystem && $0.platform?.architecture == platform.architecture
        }
        if !platform.variant.isEmpty { return candidates.first { ($0.platform?.variant ?? "") == platform.variant } }
        // ARM's 64-bit processors are all of variant 8 today, and an index may say so or not.
        let preferred = ["", "v8", "v7"]
        for variant in preferred {
            if let found = candidates.first(where: { ($0.platform?.variant ?? "") == variant }) { return found }
        }
        return candidates.first
    }

    /// The platforms of an index, for messages.
    var platforms: [String] {
        (manifests ?? []).compactMap(\.platform?.text).filter { $0 != "unknown/unknown" }
    }
}

/// The config of an image, as far as a plan needs it.
struct ImageConfig: Decodable {
    var config: Process?

    struct Process: Decodable {
        var environment: [String]?
        var entrypoint: [String]?
        var user: String?
        var workingDirectory: String?

        private enum CodingKeys: String, CodingKey {
            case environment = "Env"
            case entrypoint = "Entrypoint"
            case user = "User"
            case workingDirectory = "WorkingDir"
        }
    }
}
