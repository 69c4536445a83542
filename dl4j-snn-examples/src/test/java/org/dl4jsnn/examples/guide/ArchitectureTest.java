package org.dl4jsnn.examples.guide;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Packages are as docs/reports/packages.md draws them: each in one module, and without circles.
 * That the modules themselves point down is for their POMs to prove.
 */
class ArchitectureTest {

  private static final List<String> MODULES =
      List.of("engine", "layers", "contracts", "events", "tools", "nir", "dl4j-asf-bp");
  private static final Path DRAWING = Path.of("../docs/reports/packages.md");
  private static final String BEGIN = "<!-- begin dependencies -->\n```\n";
  private static final String END = "```\n<!-- end dependencies -->";

  @Test
  void shouldHaveNoCirclesOfPackages() {
    slices().matching(Libraries.ROOT + ".(**)").should().beFreeOfCycles().check(Libraries.CLASSES);
  }

  @Test
  void shouldHaveEachPackageInOneModule() {
    Map<String, Set<String>> modules = new TreeMap<>();
    for (JavaClass type : Libraries.CLASSES) {
      modules.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>()).add(module(type));
    }
    modules.values().removeIf(homes -> homes.size() == 1);
    assertEquals(Map.of(), modules);
  }

  /** The rooms of dl4j-snn-layers, from what users write down to the engines. */
  @Test
  void shouldPointDownInsideTheLayers() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(Libraries.ROOT + "..")
        .layer("walk")
        .definedBy(in("internal.walk"))
        .layer("conf")
        .definedBy(in("conf"))
        .layer("layer")
        .definedBy(in("internal.layer"))
        .layer("rules")
        .definedBy(in("gradient"))
        .layer("engines")
        .definedBy(in("internal.simulate"))
        .layer("roles")
        .definedBy(in("synapse"), in("normalize"), in("encode"), in("regularize"))
        .layer("trains")
        .definedBy(in("internal.handover"), in("internal.array"))
        .layer("above")
        .definedBy(outside())
        .whereLayer("walk")
        .mayOnlyBeAccessedByLayers("above")
        .whereLayer("conf")
        .mayOnlyBeAccessedByLayers("walk", "above")
        .whereLayer("layer")
        .mayOnlyBeAccessedByLayers("conf", "walk", "above")
        .whereLayer("rules")
        .mayOnlyBeAccessedByLayers("layer", "conf", "above")
        .whereLayer("engines")
        .mayOnlyBeAccessedByLayers("rules", "layer", "conf", "above")
        .check(Libraries.CLASSES);
  }

  private static String in(String packages) {
    return Libraries.ROOT + "." + packages;
  }

  /** The packages of the modules above the layers, and the mappers of configurations. */
  private static String[] outside() {
    Set<String> packages = new TreeSet<>(Set.of(in("internal.json")));
    for (JavaClass type : Libraries.CLASSES) {
      if (!List.of("engine", "layers").contains(module(type))) {
        packages.add(type.getPackageName());
      }
    }
    return packages.toArray(String[]::new);
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

  /** For every package, by module, those that it uses. */
  private static String dependencies() {
    Map<String, Map<String, Set<String>>> uses = new TreeMap<>();
    for (JavaClass type : Libraries.CLASSES) {
      Set<String> used =
          uses.computeIfAbsent(module(type), name -> new TreeMap<>())
              .computeIfAbsent(name(type), name -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(Dependency::getTargetClass)
          .map(JavaClass::getBaseComponentType)
          .filter(target -> target.getPackageName().startsWith(Libraries.ROOT))
          .map(ArchitectureTest::name)
          .filter(target -> !target.equals(name(type)) && !target.isEmpty())
          .forEach(used::add);
    }
    return MODULES.stream()
        .map(module -> module + "\n" + lines(uses.get(module)))
        .collect(Collectors.joining("\n"));
  }

  private static String lines(Map<String, Set<String>> uses) {
    return uses.entrySet().stream()
        .filter(entry -> !entry.getKey().isEmpty())
        .map(entry -> "  " + entry.getKey() + "  →  " + String.join(" · ", entry.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  private static String name(JavaClass type) {
    String name = type.getPackageName().substring(Libraries.ROOT.length());
    return name.startsWith(".") ? name.substring(1) : name;
  }

  /** The folder of the module whose build made a class. */
  private static String module(JavaClass type) {
    String place = type.getSource().orElseThrow().getUri().toString();
    return MODULES.stream()
        .filter(module -> place.contains("/" + module + "/target/"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(place + " is in none of " + MODULES));
  }
}
