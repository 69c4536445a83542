/**
 * Runnable examples behind one command line, {@link org.dl4jsnn.examples.cli.Examples}. Packages
 * depend on those below them alone:
 *
 * <pre>
 *  cli                       knows every command
 *  train  bench  plots  live  spark  convert
 *  events  ui  nir  deploy
 *  data
 *  support
 *
 *  guide                     code that the documents show
 *  notebook                  the kernel of the notebooks
 * </pre>
 *
 * <p>This package has nothing but the former name of a class.
 */
package org.dl4jsnn.examples;
