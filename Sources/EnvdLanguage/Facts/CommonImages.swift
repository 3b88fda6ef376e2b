extension FactTable {
    private static let systemPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// What the images that most programs start from have had in their configs for years. Only what is the same for
    /// every tag stands here; a project that needs certainty keeps an `envd.lock`.
    package static let commonImages: FactTable = {
        var table = FactTable()
        let plain = ImageFact(environment: [systemPath])
        for name in ["ubuntu", "debian", "alpine", "fedora", "rockylinux", "almalinux", "busybox"] {
            table.images["docker.io/library/\(name):*"] = plain
            table.images["docker.io/library/\(name)@*"] = plain
        }
        let usrLocalFirst = "PATH=/usr/local/bin:" + systemPath.dropFirst("PATH=".count)
        table.images["docker.io/library/python:*"] = ImageFact(environment: [usrLocalFirst, "LANG=C.UTF-8"])
        table.images["docker.io/nvidia/cuda:*"] = ImageFact(environment: [
            "PATH=/usr/local/nvidia/bin:/usr/local/cuda/bin:" + systemPath.dropFirst("PATH=".count),
            "LD_LIBRARY_PATH=/usr/local/nvidia/lib:/usr/local/nvidia/lib64", "NVIDIA_VISIBLE_DEVICES=all",
            "NVIDIA_DRIVER_CAPABILITIES=compute,utility",
        ])
        return table
    }()

    /// For an image of which nothing is known: what a container gets that sets no search path.
    static let unknownImage = ImageFact(environment: [systemPath])
}
