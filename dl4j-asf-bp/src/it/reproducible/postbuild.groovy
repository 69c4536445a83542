// Every jar that this build made must be, byte for byte, what the copy's build made; and every class
// must have its source in the jar of sources, the generated ones too.
import java.security.MessageDigest
import java.util.zip.ZipFile

static String digest(File file) {
    MessageDigest.getInstance('SHA-256').digest(file.bytes).encodeHex().toString()
}

static Set<String> names(File jar, String ending) {
    new ZipFile(jar).withCloseable { zip ->
        zip.entries().collect { it.name }.findAll { it.endsWith(ending) }.collect { it - ending } as Set
    }
}

// In a file of another name, beside the class that it belongs to.
static boolean isDeclared(String type, File sources) {
    def (folder, name) = [type.substring(0, type.lastIndexOf('/') + 1), type.substring(type.lastIndexOf('/') + 1)]
    new ZipFile(sources).withCloseable { zip ->
        zip.entries().findAll { it.name ==~ /\Q${folder}\E[^\/]+\.java/ }.any {
            zip.getInputStream(it).getText('UTF-8') =~ /(?m)^(final )?(class|record|enum|interface) ${name}\b/
        }
    }
}

def compared = 0
for (library in ['dl4j-snn-layers/engine', 'dl4j-snn-layers/layers', 'dl4j-snn-layers/contracts',
                 'dl4j-snn-layers/events', 'dl4j-snn-layers/tools',
                 'dl4j-snn-layers/nir', 'dl4j-asf-bp']) {
    def artifact = library.startsWith('dl4j-snn-layers') ? "dl4j-snn-${new File(library).name}" : library
    def suffixes = javadocSkipped == 'true' ? ['', '-sources'] : ['', '-sources', '-javadoc']
    for (suffix in suffixes) {
        def name = "${library}/target/${artifact}-${version}${suffix}.jar"
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
    def jar = new File(sources, "${library}/target/${artifact}-${version}.jar")
    def sourcesJar = new File(sources, "${library}/target/${artifact}-${version}-sources.jar")
    def missing = names(jar, '.class').findAll { !it.contains('$') } - names(sourcesJar, '.java')
    missing = missing.findAll { !isDeclared(it, sourcesJar) }
    assert missing.empty: "${sourcesJar} lacks the sources of ${missing}"
}
println "${compared} jars of two builds are the same, byte for byte"
return true
