package org.dl4jsnn.nir;

/**
 * A node that a dialect, a simulation or a conversion cannot handle. The message names the node,
 * its type, the rule and the value: {@code node lif1 (LIF): v_leak must be 0 in the dialect of
 * snnTorch, got 1.2}.
 */
public final class NirRefusedException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** The name of the node. */
  private final String node;

  /**
   * Creates a refusal.
   *
   * @param name the node's name
   * @param node the node
   * @param reason the rule and the value
   */
  public NirRefusedException(String name, NirNode node, String reason) {
    super("node " + name + " (" + node.type() + "): " + reason);
    this.node = name;
  }

  /** {@return the name of the node} */
  public String node() {
    return node;
  }
}
