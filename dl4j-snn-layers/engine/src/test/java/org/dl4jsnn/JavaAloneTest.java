package org.dl4jsnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The engine needs the module java.base alone, its kernels the Vector API as well. Its POM has no
 * dependencies; other modules of Java and reflection are for this test to find.
 */
class JavaAloneTest {

  private static final String VECTOR_KERNELS = "org.dl4jsnn.internal.kernel.vector";
  private static final String KERNELS = "org.dl4jsnn.internal.kernel.Kernels";

  /** Methods of a class object that look nothing up by name. */
  private static final Set<String> PLAIN_CLASS_METHODS =
      Set.of("getClassLoader", "getName", "getSimpleName", "desiredAssertionStatus");

  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.dl4jsnn");

  @Test
  void shouldNeedNothingButJava() {
    Set<String> base = ModuleLayer.boot().findModule("java.base").orElseThrow().getPackages();
    Set<String> others = new TreeSet<>();
    for (JavaClass type : ENGINE) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        String home = target.getPackageName();
        boolean there =
            target.isPrimitive()
                || base.contains(home)
                || ENGINE.contain(target.getName())
                || home.equals("jdk.incubator.vector")
                    && type.getPackageName().equals(VECTOR_KERNELS);
        if (!there) {
          others.add(type.getName() + " needs " + target.getName());
        }
      }
    }
    assertEquals(Set.of(), others);
    assertTrue(ENGINE.size() > 100, "there are " + ENGINE.size() + " classes");
  }

  /** Devices lack reflection; the only service is looked up if its module is there. */
  @Test
  void shouldDoWithoutReflection() {
    Set<String> users = new TreeSet<>();
    for (JavaClass type : ENGINE) {
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
