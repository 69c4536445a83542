/**
 * The command lines, on top of all other packages. {@link org.dl4jsnn.examples.cli.Program} lists
 * every command; {@link org.dl4jsnn.examples.cli.Snn} arranges them in groups, {@link
 * org.dl4jsnn.examples.cli.Examples} by one-word names.
 */
package org.dl4jsnn.examples.cli;
