extension Definition {
    /// The definition in protobuf's wire format: what `buildctl build` reads from its standard input.
    ///
    /// BuildKit's client writes its maps in the random order of Go; here they are sorted, so that the same graph is
    /// the same bytes.
    package var encoded: [UInt8] {
        var writer = ProtobufWriter()
        encode(into: &writer)
        return writer.bytes
    }

    func encode(into writer: inout ProtobufWriter) {
        for entry in entries { writer.presentData(1, entry.encoded) }
        var metadata: [Digest: OperationMetadata] = [:]
        for entry in entries { metadata[entry.digest] = entry.metadata }
        for (digest, metadata) in metadata.sorted(by: { $0.key < $1.key }) {
            writer.message(2) { member in
                member.presentString(1, digest.description)
                member.message(2) { metadata.encode(into: &$0) }
            }
        }
        if let sources {
            writer.message(3) { sources.encode(into: &$0) }
        }
    }
}

extension SourceMap {
    fileprivate func encode(into writer: inout ProtobufWriter) {
        for (digest, places) in places.sorted(by: { $0.key < $1.key }) {
            writer.message(1) { member in
                member.presentString(1, digest.description)
                member.message(2) { locations in
                    for place in places {
                        locations.message(1) { place.encode(into: &$0) }
                    }
                }
            }
        }
        for file in files {
            writer.message(2) { message in
                message.string(1, file.name)
                message.data(2, file.content)
                if let definition = file.definition { message.message(3) { definition.encode(into: &$0) } }
                message.string(4, file.language)
            }
        }
    }
}

extension SourceMap.Place {
    fileprivate func encode(into writer: inout ProtobufWriter) {
        writer.integer(1, file)
        for range in ranges {
            writer.message(2) { message in
                for (field, position) in [(1, range.start), (2, range.end)] {
                    message.message(field) { position1 in
                        position1.integer(1, position.line)
                        position1.integer(2, position.character)
                    }
                }
            }
        }
    }
}
