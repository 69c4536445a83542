package org.dl4jsnn.examples.support;

import com.sun.jna.NativeLibrary;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel that OpenBLAS chose for this processor (or that {@code OPENBLAS_CORETYPE} chose). The
 * last digits of ND4J's products depend on it, and so do their speed and that of stock layers.
 */
public final class BlasKernel {

  private static final Logger LOG = LoggerFactory.getLogger(BlasKernel.class);
  private static final String FUNCTION = "openblas_get_corename";

  private BlasKernel() {}

  /** OpenBLAS's own name of it, such as {@code SkylakeX}; {@code unknown} if it cannot be asked. */
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
