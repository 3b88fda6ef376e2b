import EnvdLanguage
import LLB

/// Reads the configs of images from registries, by the OCI distribution specification (Docker's HTTP API, version 2).
///
/// What a registry hands out is taken only if it has the digest and the size that were promised for it.
struct RegistryClient: Sendable {
    let fetcher: HTTPFetcher
    let tokens: RegistryTokens
    let platform: Platform
    /// Instead of the address of Docker Hub.
    let hubURL: String?

    /// Registries refuse larger manifests themselves.
    private static let maximumManifestSize = 4 << 20
    private static let maximumConfigSize = 8 << 20

    func image(_ name: String) async throws -> ImageFact {
        let reference: ImageReference
        do {
            reference = try ImageReference(name)
        } catch {
            throw FetchError(.missing, "\(error)")
        }
        let repository = Repository(
            host: RegistryHost(of: reference, hubURL: hubURL, insecureHosts: fetcher.insecureHosts),
            path: reference.path)
        if let digest = reference.digest, Digest(digest) == nil {
            throw FetchError("only images by sha256 are understood")
        }

        let top = try await manifest(reference.digest ?? reference.tag ?? "latest", in: repository)
        var image = top
        if top.isIndex {
            guard let entry = top.content.entry(for: platform) else {
                let known = top.content.platforms.joined(separator: ", ")
                throw FetchError(
                    .missing, "\(name) is not for \(platform.text), only for \(known.isEmpty ? "none" : known)",
                    advice: "choose another with --platform")
            }
            image = try await manifest(entry.digest, size: entry.size, in: repository)
            guard !image.isIndex else { throw FetchError("\(name) is an index of indexes") }
        }
        let config = try await config(of: image.content, named: name, in: repository)
        var fact = ImageFact(environment: config.config?.environment ?? [])
        fact.entrypoint = config.config?.entrypoint ?? []
        fact.user = config.config?.user ?? ""
        fact.workingDirectory = config.config?.workingDirectory ?? ""
        fact.digest = top.digest
        fact.platform = platform.text
        return fact
    }

    struct Repository: Hashable, Sendable {
        let host: RegistryHost
        let path: String
    }

    private struct FoundManifest {
        let content: Manifest
        let digest: String
        let isIndex: Bool
    }

    // MARK: - Requests

    /// - Parameter reference: a tag or a digest.
    private func manifest(
        _ reference: String, size: Int? = nil, in repository: Repository
    ) async throws -> FoundManifest {
        let types = Manifest.indexTypes + Manifest.imageTypes
        let answer = try await get(
            "manifests/\(reference)", in: repository, accepting: types, limit: RegistryClient.maximumManifestSize)
        let digest = Digest(of: answer.body).description
        // A tag promises nothing, but registries name the digest beside the manifest.
        let promised =
            Digest(reference)?.description ?? answer.header("Docker-Content-Digest") ?? digest
        try check(answer, digest: promised, size: size)
        let content = try answer.decode(Manifest.self, as: "the manifest of an image")
        let type = content.mediaType ?? answer.contentType
        if content.manifests != nil, content.config == nil {
            return FoundManifest(content: content, digest: digest, isIndex: true)
        }
        guard content.config != nil else {
            let isOld = content.schemaVersion == 1
            throw FetchError(
                "\(repository.host.name)/\(repository.path) has a manifest of "
                    + (isOld ? "the old schema 1" : "the unknown type \(type.prefix(100))"))
        }
        return FoundManifest(content: content, digest: digest, isIndex: false)
    }

    private func config(of manifest: Manifest, named name: String, in repository: Repository) async throws
        -> ImageConfig
    {
        guard let descriptor = manifest.config else { throw FetchError("\(name) has no config") }
        if let type = descriptor.mediaType, !Manifest.configTypes.contains(type) {
            throw FetchError("\(name) is no image but \(type.prefix(100))")
        }
        guard Digest(descriptor.digest) != nil else { throw FetchError("the config of \(name) has no sha256 digest") }
        let answer = try await get(
            "blobs/\(descriptor.digest)", in: repository, accepting: ["*/*"], limit: RegistryClient.maximumConfigSize)
        try check(answer, digest: descriptor.digest, size: descriptor.size)
        return try answer.decode(ImageConfig.self, as: "the config of an image")
    }

    private func check(_ answer: HTTPAnswer, digest: String, size: Int?) throws(FetchError) {
        if let size, size != answer.body.count {
            throw FetchError("\(answer.address.origin) sent \(answer.body.count) bytes of \(digest) instead of \(size)")
        }
        guard digest.hasPrefix("sha256:") else { return }
        let actual = Digest(of: answer.body).description
        guard actual == digest else {
            throw FetchError("what \(answer.address.origin) sent is not what it promised: \(actual), not \(digest)")
        }
    }

    /// Asks, and shows what the registry wants to see if it refuses.
    private func get(
        _ path: String, in repository: Repository, accepting types: [String], limit: Int
    ) async throws -> HTTPAnswer {
        let address = try WebAddress(
            "\(repository.host.base)/v2/\(repository.path)/\(path)", insecureHosts: fetcher.insecureHosts)
        let accept = types.map { ("Accept", $0) }
        let known = await tokens.authorization(for: repository)
        var answer = try await fetcher.get(address, headers: accept + header(known), limit: limit)
        if answer.status == 401 {
            let challenges = answer.headers("WWW-Authenticate").flatMap(AuthenticationChallenge.parse)
            let fresh = try await tokens.authorization(for: repository, answering: challenges, from: address)
            answer = try await fetcher.get(address, headers: accept + header(fresh), limit: limit)
        }
        guard answer.status == 200 else { throw refusal(answer, repository, path) }
        return answer
    }

    private func header(_ authorization: String?) -> [(String, String)] {
        authorization.map { [("Authorization", $0)] } ?? []
    }

    private func refusal(_ answer: HTTPAnswer, _ repository: Repository, _ path: String) -> FetchError {
        let shown = repository.host.name == "docker.io" ? "" : " \(repository.host.name)"
        let subject = "\(path) of \(repository.path)"
        return switch answer.status {
        case 401, 403:
            answer.failure(subject, advice: "the image is private or does not exist; try 'docker login\(shown)'")
        case 429:
            answer.failure(subject, advice: "the registry's limit is used up; try later or 'docker login\(shown)'")
        default: answer.failure(subject)
        }
    }
}

extension Platform {
    /// `os/architecture` or `os/architecture/variant`.
    package var text: String {
        "\(operatingSystem)/\(architecture)" + (variant.isEmpty ? "" : "/\(variant)")
    }
}
