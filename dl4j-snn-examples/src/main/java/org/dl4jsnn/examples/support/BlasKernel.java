package org.dl4jsnn.examples.support;

import com.sun.jna.NativeLibrary;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OpenBLAS's own name of the kernel, such as {@code SkylakeX}; {@code unknown} where it cannot be
 * asked.
 */
public final class BlasKernel {

  private static final Logger LOG = LoggerFactory.getLogger(BlasKernel.class);
  private static final String FUNCTION = "openblas_get_corename";

  private BlasKernel() {}

  /**
   * The kernel's name.
   *
   * @return OpenBLAS's own name, such as {@code SkylakeX}; {@code unknown} for another BLAS, or
   *     where it cannot be asked
   */
  public static String name() {
    Nd4j.getBackend(); // Loads the library.
    return Loader.getLoadedLibraries().entrySet().stream()
        .filter(library -> library.getKey().startsWith("openblas"))
        .map(Map.Entry::getValue)
        .findFirst()
        .map(BlasKernel::ask)
        .orElse("unknown");
  }

  private static String ask(String file) {
    try {
      return NativeLibrary.getInstance(file)
          .getFunction(FUNCTION)
          .invokeString(new Object[0], false);
    } catch (LinkageError e) {
      LOG.debug("{} cannot be asked which kernel it has", file, e);
      return "unknown";
    }
  }
}
