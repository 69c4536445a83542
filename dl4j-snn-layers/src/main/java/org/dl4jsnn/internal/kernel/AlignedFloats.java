package org.dl4jsnn.internal.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Arrays whose values begin at the start of a cache line, as far as Java lets one have it: vectors
 * that straddle two lines cost up to half as much again.
 *
 * <p>An array begins 16 bytes after its object. The G1 collector puts objects of half a region and
 * more at the start of a region, so there the values from index {@link #OFFSET} on are aligned if
 * the array is made that large. With other collectors, or regions too large for this to be worth
 * it, the offset is just left unused.
 */
final class AlignedFloats {

  /** Index of the first value. */
  static final int OFFSET = 12;

  private static final Logger LOG = LoggerFactory.getLogger(AlignedFloats.class);
  private static final long LARGEST_REGION = 4L << 20;
  private static final int LEAST_LENGTH = leastLength();

  private AlignedFloats() {}

  /**
   * An array of zeros.
   *
   * @param length values, from {@link #OFFSET} on
   * @return an array at least that long
   */
  static float[] create(int length) {
    return new float[Math.max(Math.addExact(length, OFFSET), LEAST_LENGTH)];
  }

  private static int leastLength() {
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
