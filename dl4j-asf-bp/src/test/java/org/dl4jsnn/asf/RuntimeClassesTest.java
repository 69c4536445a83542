package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.invoke.MethodHandles;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The classes of the runtime's jar, as the list in the build has them, need nothing but Java. */
class RuntimeClassesTest {

  private static final Path POM = Path.of("../dl4j-snn-layers/pom.xml");
  private static final String VECTOR_KERNELS = "org.dl4jsnn.internal.kernel.vector";

  /** The Java virtual machine ignores annotations whose classes are missing. */
  private static final String ANNOTATIONS = "org.nd4j.shade.jackson.annotation";

  private static final String KERNELS = "org.dl4jsnn.internal.kernel.Kernels";

  /** Methods of a class object that look nothing up by name. */
  private static final Set<String> PLAIN_CLASS_METHODS =
      Set.of("getClassLoader", "getName", "getSimpleName", "desiredAssertionStatus");

  private static final List<PathMatcher> INCLUDED = patterns("include");
  private static final List<PathMatcher> EXCLUDED = patterns("exclude");

  private static List<PathMatcher> patterns(String tag) {
    try {
      Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(POM.toFile());
      NodeList classifiers = pom.getElementsByTagName("classifier");
      for (int i = 0; i < classifiers.getLength(); i++) {
        if (classifiers.item(i).getTextContent().equals("runtime")) {
          NodeList found =
              ((Element) classifiers.item(i).getParentNode()).getElementsByTagName(tag);
          List<PathMatcher> patterns = new ArrayList<>();
          for (int k = 0; k < found.getLength(); k++) {
            patterns.add(
                FileSystems.getDefault().getPathMatcher("glob:" + found.item(k).getTextContent()));
          }
          return patterns;
        }
      }
      throw new AssertionError(POM + " has no jar with the classifier runtime");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isInJar(JavaClass type) {
    Path file = Path.of(type.getName().replace('.', '/') + ".class");
    return INCLUDED.stream().anyMatch(pattern -> pattern.matches(file))
        && EXCLUDED.stream().noneMatch(pattern -> pattern.matches(file));
  }

  @Test
  void shouldNeedNothingButJava() {
    Set<String> base = ModuleLayer.boot().findModule("java.base").orElseThrow().getPackages();
    Set<String> others = new TreeSet<>();
    int classes = 0;
    for (JavaClass type : Libraries.CLASSES) {
      if (!isInJar(type)) {
        continue;
      }
      classes++;
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        String home = target.getPackageName();
        boolean there =
            target.isPrimitive()
                || base.contains(home)
                || home.equals(ANNOTATIONS)
                || home.equals("jdk.incubator.vector")
                    && type.getPackageName().equals(VECTOR_KERNELS)
                || isInJar(target);
        if (!there) {
          others.add(type.getName() + " needs " + target.getName());
        }
      }
    }
    assertEquals(Set.of(), others);
    assertTrue(classes > 100, "the list in " + POM + " matches " + classes + " classes");
  }

  /** Devices lack reflection; the only service is looked up if its module is there. */
  @Test
  void shouldDoWithoutReflection() {
    Set<String> users = new TreeSet<>();
    for (JavaClass type : Libraries.CLASSES) {
      if (!isInJar(type)) {
        continue;
      }
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getName();
        if (target.startsWith("java.lang.reflect.")
            || target.startsWith("java.lang.invoke.VarHandle")
            || target.startsWith("sun.")) {
          users.add(type.getName() + " uses " + target);
        }
      }
      users.addAll(reflection(type));
    }
    assertEquals(Set.of(), users);
  }

  private static Set<String> reflection(JavaClass type) {
    Set<String> calls = new TreeSet<>();
    for (JavaAccess<?> access : type.getAccessesFromSelf()) {
      String owner = access.getTargetOwner().getName();
      String member = access.getTarget().getName();
      boolean isReflection =
          switch (owner) {
            case "java.lang.Class" -> !PLAIN_CLASS_METHODS.contains(member);
            case "java.lang.ClassLoader",
                "java.lang.invoke.MethodHandles",
                "java.lang.invoke.MethodHandles$Lookup",
                "java.lang.invoke.MethodHandle" ->
                true;
            case "java.util.ServiceLoader" -> !type.getName().startsWith(KERNELS);
            default -> false;
          };
      if (isReflection) {
        calls.add(type.getName() + " calls " + owner + "." + member);
      }
    }
    return calls;
  }

  /** What calls by name look like, so that the test above would see them. */
  @Test
  void shouldSeeReflection() {
    JavaClass reflective = new ClassFileImporter().importClass(Reflective.class);
    assertEquals(
        Set.of("forName", "getMethod", "getDeclaredField", "lookup", "loadClass"),
        reflection(reflective).stream()
            .map(call -> call.substring(call.lastIndexOf('.') + 1))
            .collect(Collectors.toSet()));
  }

  private static final class Reflective {
    static Object use(Class<?> type) throws Exception {
      return List.of(
          Class.forName("java.lang.String").getName(),
          type.getMethod("size"),
          type.getDeclaredField("size"),
          MethodHandles.lookup(),
          type.getClassLoader().loadClass("java.lang.String"));
    }
  }
}
