// What a fresh clone would have of the libraries, in another place and with other times.
import java.nio.file.Files
import java.nio.file.Path

def root = Path.of(sources)
def copy = basedir.toPath().resolve('copy')

def take = { Path file ->
    def target = copy.resolve(root.relativize(file).toString())
    Files.createDirectories(target.parent)
    Files.copy(file, target)
}

['pom.xml', 'LICENSE', 'dl4j-snn-layers/pom.xml', 'dl4j-snn-examples/pom.xml'].each { take(root.resolve(it)) }
for (library in ['dl4j-snn-layers/engine', 'dl4j-snn-layers/layers', 'dl4j-snn-layers/contracts',
                 'dl4j-snn-layers/events', 'dl4j-snn-layers/tools',
                 'dl4j-snn-layers/nir', 'dl4j-asf-bp']) {
    take(root.resolve(library).resolve('pom.xml'))
    // All sources of the contracts are tests of others.
    def folder = library.endsWith('contracts') ? 'src' : 'src/main'
    Files.walk(root.resolve(library).resolve(folder)).withCloseable { files ->
        files.filter(Files::isRegularFile).forEach(take)
    }
}
return true
