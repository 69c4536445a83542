package org.dl4jsnn.asf;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.dl4jsnn.asf.Libraries.ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Dependencies point down, as docs/architecture.md draws them, and no packages form a circle. */
class ArchitectureTest {

  private static final Path DRAWING = Path.of("../docs/architecture.md");
  private static final String BEGIN = "<!-- begin dependencies -->\n```\n";
  private static final String END = "```\n<!-- end dependencies -->";

  @Test
  void shouldHaveNoCirclesOfPackages() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(Libraries.CLASSES);
  }

  @Test
  void shouldPointDown() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
        .layer("methods")
        .definedBy(in("asf.."), in("zoo"))
        .layer("tools")
        .definedBy(
            in("monitor.."),
            in("plot"),
            in("balance"),
            in("deploy"),
            in("convert"),
            in("image"),
            in("train"),
            in("model"),
            in("data"),
            in("nir"),
            in("nir.network"))
        .layer("runtime")
        .definedBy(in("runtime"))
        .layer("walk")
        .definedBy(in("internal.walk"))
        .layer("conf")
        .definedBy(in("conf"), in("conventional"), in("internal.json"))
        .layer("layer")
        .definedBy(in("internal.layer"))
        .layer("rules")
        .definedBy(in("gradient"))
        .layer("engines")
        .definedBy(
            in("internal.simulate"),
            in("internal.host"),
            in("internal.synapse"),
            in("internal.compact"))
        .layer("loops")
        .definedBy(
            in("internal.kernel.."),
            in("internal.convolve"),
            in("internal.product"),
            in("internal.jvm"))
        .layer("roles")
        .definedBy(
            in("synapse"),
            in("neuron.."),
            in("gradient.surrogate"),
            in("normalize"),
            in("encode"),
            in("regularize"))
        .layer("trains")
        .definedBy(
            in("spike"), in("internal.handover"), in("internal.memory"), in("internal.encode"))
        .layer("events")
        .definedBy(in("event.."), in("internal.event"))
        .layer("floor")
        .definedBy(
            ROOT,
            in("noise"),
            in("internal"),
            in("internal.array"),
            in("internal.chart"),
            in("internal.parallel"),
            in("internal.update"),
            in("internal.io"))
        .whereLayer("methods")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("tools")
        .mayOnlyBeAccessedByLayers("methods")
        .whereLayer("runtime")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("walk")
        .mayOnlyBeAccessedByLayers("tools")
        .whereLayer("conf")
        .mayOnlyBeAccessedByLayers("walk", "tools", "methods")
        .whereLayer("layer")
        .mayOnlyBeAccessedByLayers("conf", "walk", "tools")
        .whereLayer("rules")
        .mayOnlyBeAccessedByLayers("layer", "conf", "tools", "methods")
        .whereLayer("engines")
        .mayOnlyBeAccessedByLayers("rules", "layer", "conf", "tools", "methods", "runtime")
        .whereLayer("loops")
        .mayOnlyBeAccessedByLayers("roles", "engines", "rules", "layer", "runtime")
        .whereLayer("events")
        .mayOnlyBeAccessedByLayers("tools")
        .check(Libraries.CLASSES);
  }

  /** A program can read a camera without Deeplearning4j, and files need nothing but Java. */
  @Test
  void shouldReadEventsWithoutDeeplearning4j() {
    classes()
        .that()
        .resideInAnyPackage(in("event.."), in("internal.event"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.xml..",
            "org.slf4j",
            "io.jhdf..",
            "com.google.flatbuffers",
            "io.airlift.compress..",
            "net.jpountz..",
            in("event.."),
            in("internal.event"),
            in("internal"),
            in("internal.io"),
            in("noise"))
        .check(Libraries.CLASSES);
    classes()
        .that()
        .resideInAnyPackage(in("internal"), in("internal.io"), in("internal.parallel"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", in("internal"), in("internal.io"), in("internal.parallel"), in("noise"))
        .check(Libraries.CLASSES);
  }

  /** Graphs of other programs are a tool at the top: no engine, layer or other tool knows them. */
  @Test
  void shouldKnowGraphsInTheirOwnPackagesAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(in("nir.."))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(in("nir.."))
        .check(Libraries.CLASSES);
  }

  private static String in(String packages) {
    return ROOT + "." + packages;
  }

  @Test
  void shouldBeDrawnAsItIs() throws IOException {
    String page = Files.readString(DRAWING);
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    assertTrue(begin > 0 && end > begin, DRAWING + " has no place for the dependencies");
    String drawn = page.substring(begin + BEGIN.length(), end);
    if (Boolean.getBoolean("architecture.write")) {
      Files.writeString(
          DRAWING,
          page.substring(0, begin + BEGIN.length()) + dependencies() + page.substring(end));
    } else {
      assertEquals(
          drawn, dependencies(), "run mvn test with -Darchitecture.write=true and look at it");
    }
  }

  /** For every package those that it uses. */
  private String dependencies() {
    Map<String, TreeSet<String>> uses = new TreeMap<>();
    for (JavaClass type : Libraries.CLASSES) {
      TreeSet<String> used = uses.computeIfAbsent(name(type), name -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(Dependency::getTargetClass)
          .map(JavaClass::getBaseComponentType)
          .filter(target -> target.getPackageName().startsWith(ROOT))
          .map(ArchitectureTest::name)
          .filter(target -> !target.equals(name(type)) && !target.isEmpty())
          .forEach(used::add);
    }
    uses.remove("");
    return uses.entrySet().stream()
        .map(entry -> entry.getKey() + "  →  " + String.join(" · ", entry.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  private static String name(JavaClass type) {
    String name = type.getPackageName().substring(ROOT.length());
    return name.startsWith(".") ? name.substring(1) : name;
  }
}
