// Makes the bundle for Maven Central and checks the rules that Central documents, as far as files tell.
import groovy.json.JsonSlurper
import groovy.xml.XmlSlurper
import java.security.MessageDigest
import java.util.zip.ZipEntry
import java.util.zip.ZipFile
import java.util.zip.ZipOutputStream

def broken = []
def missing = []
def dry = []   // What a dry run may lack, and a release may not.
def require = { boolean holds, String rule -> if (!holds) { broken << rule } }

def published = session.projects.findAll { it.properties['maven.deploy.skip'] != 'true' }
def version = project.version
def bundle = new TreeMap<String, byte[]>()

def poms = [:]
published.each { poms[it.artifactId] = new XmlSlurper().parse(it.file) }
def parent = poms[published.find { it.packaging == 'pom' }?.artifactId]
require(parent != null, 'the parent POM must be in the bundle, got none')

// A POM's own element, or its parent's.
def effective = { pom, Closure element ->
    def own = element(pom)
    own.isEmpty() && parent != null ? element(parent) : own
}
[
    name: { it.name }, description: { it.description }, url: { it.url },
    'a licence\'s name': { it.licenses.license.name }, 'a licence\'s url': { it.licenses.license.url },
    'a developer\'s name': { it.developers.developer.name }, 'scm.connection': { it.scm.connection },
    'scm.developerConnection': { it.scm.developerConnection }, 'scm.url': { it.scm.url },
].each { rule, element ->
    poms.each { artifact, pom ->
        def value = effective(pom, element)
        require(!value.isEmpty() && value[0].text().trim(), "the POM of ${artifact} must have ${rule}, got none")
    }
}
published.each { module ->
    module.dependencies.findAll { !(it.scope in ['test', 'provided']) }.each {
        def ours = it.groupId == module.groupId
        require(ours || !it.version.endsWith('-SNAPSHOT'),
                "dependencies of ${module.artifactId} must be releases, got ${it.artifactId} ${it.version}")
        require(it.scope != 'system', "dependencies of ${module.artifactId} must not be of scope system, got ${it.artifactId}")
    }
}

def names = { File jar -> new ZipFile(jar).withCloseable { zip -> zip.entries().collect { it.name } } }
published.each { module ->
    def prefix = "${module.artifactId}-${version}"
    def folder = "${module.groupId.replace('.', '/')}/${module.artifactId}/${version}"
    def files = [("${prefix}.pom".toString()): module.file]
    ([module.artifact] + module.attachedArtifacts).findAll { it.file?.isFile() && it.type != 'pom' }.each {
        def classifier = it.classifier ? "-${it.classifier}" : ''
        files["${prefix}${classifier}.${it.artifactHandler.extension}".toString()] = it.file
    }
    if (module.packaging == 'jar') {
        [('.jar'): 'META-INF/LICENSE', ('-sources.jar'): '.java', ('-javadoc.jar'): 'index.html'].each { end, content ->
            def jar = files[prefix + end]
            require(jar != null, "${prefix}${end} must be there, got none. Possible cause: skipped by an option")
            require(jar == null || names(jar).any { it.endsWith(content) }, "${prefix}${end} must contain ${content}, and does not")
        }
        def parts = files["${prefix}-cyclonedx.json".toString()]
        if (parts == null && session.offline) {
            dry << "${prefix}-cyclonedx.json, the bill of materials, is missing: CycloneDX makes none with -o"
        } else {
            require(parts != null, "${prefix}-cyclonedx.json, the bill of materials, must be there, got none")
        }
        if (parts != null) {
            def bill = new JsonSlurper().parse(parts)
            // The engine has none.
            def has = module.dependencies.any { it.scope in ['compile', 'runtime'] }
            require(bill.bomFormat == 'CycloneDX' && (!has || bill.components), "${parts.name} must list components, and does not")
        }
    }
    files.keySet().findAll { !it.endsWith('.asc') }.each {
        if (!files.containsKey(it + '.asc')) { missing << "${it}.asc" }
    }
    files.each { name, file ->
        def bytes = file.bytes
        bundle["${folder}/${name}".toString()] = bytes
        // A signature has no checksums.
        if (!name.endsWith('.asc')) {
            [md5: 'MD5', sha1: 'SHA-1', sha256: 'SHA-256', sha512: 'SHA-512'].each { end, algorithm ->
                bundle["${folder}/${name}.${end}".toString()] =
                    MessageDigest.getInstance(algorithm).digest(bytes).encodeHex().toString().bytes
            }
        }
    }
}

def root = project.basedir.parentFile
def pages = [new File(root, 'README.md'), new File(root, '.github/CITATION.cff')] +
        new File(root, 'docs').listFiles().findAll { it.name.endsWith('.md') && it.name != 'contributing.md' }
def heading = new File(root, 'docs/changelog.md').readLines('UTF-8').find { it.startsWith("## [${version - '-SNAPSHOT'}]") }
require(heading != null, "docs/changelog.md must have a heading ## [${version - '-SNAPSHOT'}], got none")
if (!version.endsWith('-SNAPSHOT')) {
    pages.findAll { it.getText('UTF-8').contains('-SNAPSHOT') }.each {
        require(false, "${it.name} must name no snapshot in a release, and does")
    }
    require(heading == null || !heading.contains('unreleased'), "docs/changelog.md must have the date of ${version}, got '${heading}'")
}

if (!broken.empty) {
    throw new IllegalStateException("The bundle breaks ${broken.size()} rules:\n- " + broken.join('\n- '))
}
def zip = new File(project.build.directory, "central-bundle-${version}.zip")
zip.parentFile.mkdirs()
new ZipOutputStream(new FileOutputStream(zip)).withCloseable { out ->
    bundle.each { name, bytes ->
        def entry = new ZipEntry(name)
        entry.time = 0
        out.putNextEntry(entry)
        out.write(bytes)
        out.closeEntry()
    }
}
log.info("${bundle.size()} files of ${published*.artifactId.join(', ')} in ${zip}")
if (version.endsWith('-SNAPSHOT')) { dry << "the version is ${version}: Central takes no snapshot" }
if (!missing.empty) {
    dry << "${missing.size()} of ${missing.size() + bundle.keySet().count { it.endsWith('.asc') }} signatures are missing: no key (MAVEN_GPG_KEY, or -Psign)"
}
if (!dry.empty && Boolean.valueOf(session.userProperties['release.real'] ?: 'false')) {
    throw new IllegalStateException('Not a release: ' + dry.join('; '))
}
dry.each { log.warn("Dry run: ${it}") }
log.info("All other rules of Central hold")
