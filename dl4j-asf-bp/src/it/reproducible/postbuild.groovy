// Every jar that this build made must be, byte for byte, what the copy's build made.
import java.security.MessageDigest

static String digest(File file) {
    MessageDigest.getInstance('SHA-256').digest(file.bytes).encodeHex().toString()
}

def compared = 0
for (library in ['dl4j-snn-layers', 'dl4j-asf-bp']) {
    for (suffix in javadocSkipped == 'true' ? ['', '-sources'] : ['', '-sources', '-javadoc']) {
        def name = "${library}/target/${library}-${version}${suffix}.jar"
        def first = new File(sources, name)
        def second = new File(basedir, "copy/${name}")
        assert first.isFile(): "${first} is missing: mvn package makes it"
        assert second.isFile(): "${second} is missing: the second build did not make it"
        assert digest(first) == digest(second):
                "${name} differs from that of a second build (${second}): " +
                'if this build began without clean, leftovers in target may be the cause; ' +
                'otherwise something in it depends on time, place or order'
        compared++
    }
}
println "${compared} jars of two builds are the same, byte for byte"
return true
