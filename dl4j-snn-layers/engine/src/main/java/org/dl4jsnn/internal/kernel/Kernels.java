package org.dl4jsnn.internal.kernel;

import java.util.ServiceLoader;

/**
 * Chooses the kernels once, when the first layer is simulated: those of Java's Vector API if its
 * module is present (start Java with {@code --add-modules jdk.incubator.vector}), otherwise plain
 * Java, as where the class library has no modules (Android). The system property {@value #PROPERTY}
 * overrides the choice: {@code vector} or {@code plain}.
 */
public final class Kernels {

  /** The system property that overrides the choice. */
  public static final String PROPERTY = "org.dl4jsnn.kernels";

  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private static volatile KernelProvider chosen;

  private Kernels() {}

  /**
   * The kernels in use. Throws an IllegalArgumentException if the system property names kernels
   * that there are not.
   */
  public static KernelProvider chosen() {
    KernelProvider known = chosen;
    return known == null ? choose() : known;
  }

  /** Not in a static initialiser, whose exception would reach the caller as an error. */
  private static synchronized KernelProvider choose() {
    if (chosen == null) {
      String wanted = System.getProperty(PROPERTY);
      if (wanted == null) {
        wanted = vectorModulePresent() ? "vector" : "plain";
      }
      KernelProvider provider = named(wanted);
      environment().chose(provider.description(), vectorModulePresent());
      chosen = provider;
    }
    return chosen;
  }

  /**
   * The kernels of a name.
   *
   * @throws IllegalArgumentException for another name, or if the Vector API is missing
   */
  public static KernelProvider named(String name) {
    switch (name) {
      case "plain":
        return new PlainKernels();
      case "vector":
        if (!vectorModulePresent()) {
          throw new IllegalArgumentException(
              "kernels 'vector' need the module "
                  + VECTOR_MODULE
                  + ". Start Java with --add-modules "
                  + VECTOR_MODULE);
        }
        return ServiceLoader.load(KernelProvider.class, Kernels.class.getClassLoader())
            .findFirst()
            .orElseThrow();
      default:
        throw new IllegalArgumentException(
            "kernels must be 'vector' or 'plain', got '" + name + "'");
    }
  }

  /** Whether the Vector API is available; true if Java was started with its module. */
  public static boolean vectorModulePresent() {
    try {
      return BootLayer.has(VECTOR_MODULE);
    } catch (NoClassDefFoundError e) {
      // Android's class library has no modules.
      return false;
    }
  }

  /** What is known about the program around the kernels. */
  static KernelEnvironment environment() {
    return Environment.FOUND;
  }

  private static final class Environment {
    static final KernelEnvironment FOUND =
        ServiceLoader.load(KernelEnvironment.class, Kernels.class.getClassLoader())
            .findFirst()
            .orElse(KernelEnvironment.ALONE);
  }

  /** The only class that needs Java's modules. */
  private static final class BootLayer {
    static boolean has(String module) {
      return ModuleLayer.boot().findModule(module).isPresent();
    }
  }
}
