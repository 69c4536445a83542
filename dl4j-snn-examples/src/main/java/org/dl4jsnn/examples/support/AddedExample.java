package org.dl4jsnn.examples.support;

import java.util.concurrent.Callable;

/**
 * An example whose dependencies come from a Maven profile: a picocli command, named in {@code
 * META-INF/services} of the profile's resources.
 */
public interface AddedExample extends Callable<Integer> {}
