package org.dl4jsnn.internal.jvm;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.dl4jsnn.internal.kernel.KernelEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs which kernels were chosen, and knows how the garbage collector places arrays. */
public final class LibraryEnvironment implements KernelEnvironment {

  private static final Logger LOG = LoggerFactory.getLogger(LibraryEnvironment.class);
  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final long LARGEST_REGION = 4L << 20;

  /** Called as a service. */
  public LibraryEnvironment() {}

  @Override
  public void chose(String name, boolean vectorModule) {
    if (!vectorModule) {
      LOG.warn(
          "Java runs without its module {}: simulation is two to four times slower than it could"
              + " be, training up to ten times. Start Java with --add-modules {}",
          VECTOR_MODULE,
          VECTOR_MODULE);
    }
    LOG.info("Kernels: {}", name);
  }

  /** G1 puts objects of half a region and more at the start of a region. */
  @Override
  public int alignedLength() {
    try {
      HotSpotDiagnosticMXBean vm =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      if (vm == null || !Boolean.parseBoolean(vm.getVMOption("UseG1GC").getValue())) {
        return 0;
      }
      long region = Long.parseLong(vm.getVMOption("G1HeapRegionSize").getValue());
      return region > LARGEST_REGION ? 0 : (int) (region / 2 / Float.BYTES);
    } catch (IllegalArgumentException e) {
      LOG.debug("This Java has no option for G1; arrays are not aligned", e);
      return 0;
    }
  }
}
