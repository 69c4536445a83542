package org.dl4jsnn.internal.kernel;

/** For kernels on their own, as on a device. */
final class NoEnvironment implements KernelEnvironment {

  @Override
  public void chose(String name, boolean vectorModule) {
    // Nothing to notify.
  }

  @Override
  public int alignedLength() {
    return 0;
  }
}
