package org.dl4jsnn.internal.handover;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;

/**
 * Whether anything reads the rates that a layer returns, beside its spikes. The next layer of a
 * MultiLayerNetwork says so once it has taken the spikes alone; it is the same in every pass.
 */
public final class RatesUse {

  /** Where {@code output} keeps what it passes from one layer to the next, and shows nobody. */
  private static final String PASSED_ON = "WS_LAYER_ACT_";

  private volatile boolean spikesSuffice;

  /** The only layer that reads them needs the spikes alone. */
  void leaveUnread() {
    spikesSuffice = true;
  }

  /** Whether nothing reads the rates that go to these workspaces. */
  public boolean areUnread(LayerWorkspaceMgr workspaces) {
    if (!spikesSuffice || workspaces.isScopedOut(ArrayType.ACTIVATIONS)) {
      return false;
    }
    String place = workspaces.getWorkspaceName(ArrayType.ACTIVATIONS);
    return place != null && place.startsWith(PASSED_ON);
  }
}
