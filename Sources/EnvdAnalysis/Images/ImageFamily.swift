import LLB

/// What is known of an image by its name alone.
enum ImageFamily {
    /// Official repositories of distributions without apt, by their normalised path.
    private static let withoutApt: Set<String> = [
        "library/alpine", "library/centos", "library/fedora", "library/rockylinux", "library/almalinux",
        "library/busybox", "library/amazonlinux", "library/archlinux", "library/oraclelinux", "library/photon",
        "rockylinux/rockylinux", "opensuse/leap", "opensuse/tumbleweed", "library/clearlinux",
    ]
    /// Official images with a variant of Alpine, whose tags end with its name.
    private static let withAlpineVariants: Set<String> = [
        "library/python", "library/node", "library/golang", "library/rust", "library/ruby", "library/php",
        "library/postgres", "library/redis", "library/nginx", "library/julia", "library/docker",
    ]
    private static let condaImages: Set<String> = [
        "continuumio/miniconda3", "continuumio/anaconda3", "condaforge/mambaforge", "condaforge/miniforge3",
        "mambaorg/micromamba", "jupyter/scipy-notebook", "jupyter/base-notebook",
    ]

    /// The repository on Docker Hub; nil for other registries and for what is no reference.
    private static func hub(_ text: String) -> ImageReference? {
        guard let reference = try? ImageReference(text), reference.domain == "docker.io" else { return nil }
        return reference
    }

    /// The name of the distribution if it has no apt.
    static func withoutApt(_ text: String) -> String? {
        guard let reference = hub(text) else {
            guard let reference = try? ImageReference(text) else { return nil }
            return reference.domain.hasSuffix("redhat.com") || reference.path.hasPrefix("ubi") ? "Red Hat" : nil
        }
        if withoutApt.contains(reference.path) {
            return reference.path.split(separator: "/").last.map(String.init)
        }
        guard withAlpineVariants.contains(reference.path), let tag = reference.tag else { return nil }
        return tag.split(separator: "-").contains { $0.hasPrefix("alpine") } ? "alpine" : nil
    }

    /// Whether it brings a Python of its own that people mean to use.
    static func hasPython(_ text: String) -> Bool {
        guard let reference = hub(text) else { return false }
        return reference.path == "library/python" || condaImages.contains(reference.path)
    }
}
