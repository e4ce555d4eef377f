"""The medicines whose names are known: international names, other names for them, brands, and the stems that new names are made of.

Sources: WHO, Model List of Essential Medicines, 23rd list (2023), and "The use of stems in the selection of INN" (2018);
names that US clinics use besides: USAN. Brands are trademarks of their owners and are here so that one is not taken for another.
"""

from __future__ import annotations

COMMON = """
morphine hydromorphone fentanyl sufentanil remifentanil oxycodone hydrocodone codeine methadone tramadol tapentadol
buprenorphine meperidine naloxone naltrexone baclofen tizanidine dantrolene ziconotide clonidine dexmedetomidine
bupivacaine ropivacaine lidocaine ketamine gabapentin pregabalin amitriptyline duloxetine aspirin ibuprofen naproxen
diclofenac celecoxib acetaminophen paracetamol warfarin heparin enoxaparin apixaban rivaroxaban dabigatran clopidogrel
insulin metformin prednisone prednisolone dexamethasone diazepam lorazepam midazolam alprazolam clonazepam zolpidem
ondansetron metoclopramide adrenaline epinephrine atropine digoxin furosemide hydralazine hydroxyzine penicillin
amoxicillin cephalexin vancomycin gentamicin
"""
"""Names that a clinic's pages have most."""
MORE = """
umifenovir
abacavir abatacept acarbose acetazolamide acetylcysteine aciclovir acyclovir adalimumab adenosine albendazole alendronate
alfentanil alfuzosin allopurinol alogliptin alprostadil alteplase amantadine amikacin amiloride aminophylline amiodarone
amlodipine amphetamine amphotericin ampicillin anastrozole apomorphine aprepitant aripiprazole artemether artesunate asenapine
atazanavir atenolol atomoxetine atorvastatin atovaquone atracurium azacitidine azathioprine azithromycin aztreonam
beclometasone benazepril benzocaine benztropine betamethasone bevacizumab bicalutamide bimatoprost bisacodyl bisoprolol
bleomycin bortezomib bosentan bosutinib brivaracetam bromocriptine budesonide bumetanide bupropion buspirone butorphanol
cabergoline calcitonin calcitriol canagliflozin candesartan capecitabine capreomycin captopril carbamazepine carbidopa
carboplatin carisoprodol carvedilol caspofungin cefaclor cefazolin cefepime cefixime cefotaxime cefoxitin ceftazidime
ceftriaxone cefuroxime cetirizine chloramphenicol chlordiazepoxide chlorhexidine chloroquine chlorphenamine chlorpromazine
chlorthalidone cholecalciferol ciclosporin cyclosporine cilostazol cimetidine cinacalcet ciprofloxacin cisatracurium cisplatin
citalopram clarithromycin clindamycin clobazam clobetasol clomifene clomipramine clotrimazole clozapine colchicine
colecalciferol cyclobenzaprine cyclophosphamide cyproheptadine cytarabine dabrafenib dapagliflozin dapsone daptomycin
darunavir dasatinib daunorubicin deferasirox degludec denosumab desipramine desloratadine desmopressin desvenlafaxine
detemir dexlansoprazole dexmethylphenidate dextromethorphan diclofenac dicyclomine didanosine diltiazem dimenhydrinate
diphenhydramine dipyridamole disulfiram dobutamine docetaxel docusate dolutegravir domperidone donepezil dopamine doripenem
doxazosin doxepin doxorubicin doxycycline dronedarone droperidol dulaglutide dutasteride edoxaban efavirenz eletriptan
empagliflozin emtricitabine enalapril entacapone entecavir eplerenone epoetin eprosartan ergocalciferol ergotamine eribulin
erlotinib ertapenem ertugliflozin erythromycin escitalopram esmolol esomeprazole estradiol eszopiclone etanercept ethambutol
etodolac etomidate etoposide etoricoxib etravirine everolimus exenatide ezetimibe famciclovir famotidine favipiravir
febuxostat felodipine fenofibrate fentanyl ferrous fexofenadine filgrastim finasteride flecainide fluconazole fludarabine
fludrocortisone flumazenil fluoxetine flupentixol fluphenazine flurbiprofen fluticasone fluvastatin fluvoxamine folate
fondaparinux formoterol fosfomycin fosinopril fosphenytoin frovatriptan gefitinib gemcitabine gemfibrozil glargine
glibenclamide gliclazide glimepiride glipizide glucagon glyburide glyceryl golimumab goserelin granisetron griseofulvin
guaifenesin haloperidol hydrochlorothiazide hydrocortisone hydroxychloroquine hydroxycarbamide ibandronate ifosfamide
iloprost imatinib imipenem imipramine indapamide indomethacin infliximab interferon ipratropium irbesartan irinotecan
isoniazid isosorbide isotretinoin itraconazole ivabradine ivermectin ketoconazole ketoprofen ketorolac labetalol lacosamide
lactulose lamivudine lamotrigine lansoprazole latanoprost leflunomide lenalidomide letrozole leucovorin leuprolide
levetiracetam levocetirizine levodopa levofloxacin levomepromazine levonorgestrel levothyroxine linagliptin linezolid
liraglutide lisdexamfetamine lisinopril lispro lithium loperamide lopinavir loratadine losartan lovastatin loxapine lumefantrine lurasidone
macitentan magnesium mannitol mebendazole mebeverine meclizine medroxyprogesterone mefenamic mefloquine melatonin meloxicam
melphalan memantine mercaptopurine meropenem mesalazine metaxalone methimazole methocarbamol methotrexate methyldopa
methylergometrine methylnaltrexone methylphenidate methylprednisolone metolazone metoprolol metronidazole micafungin
miconazole mifepristone milnacipran minocycline minoxidil mirabegron mirtazapine misoprostol modafinil moexipril mometasone
montelukast moxifloxacin mupirocin mycophenolate nabumetone nadolol nalbuphine naloxegol naratriptan natalizumab nebivolol
nefopam nelfinavir neostigmine nevirapine nicardipine nicotine nifedipine nilotinib nimodipine nitrazepam nitrofurantoin
nitroglycerin nivolumab norepinephrine norethisterone nortriptyline nystatin octreotide ofloxacin olanzapine olmesartan
omalizumab omeprazole orlistat orphenadrine oseltamivir oxaliplatin oxaprozin oxazepam oxcarbazepine oxybutynin oxymorphone
oxytocin paclitaxel paliperidone palonosetron pamidronate pancuronium pantoprazole paroxetine pembrolizumab pentamidine
pentazocine pentoxifylline perindopril permethrin perphenazine phenelzine phenobarbital phentermine phenylephrine phenytoin
pilocarpine pioglitazone piperacillin piroxicam pramipexole prasugrel pravastatin praziquantel prazosin primaquine primidone
probenecid procainamide prochlorperazine progesterone promethazine propafenone propofol propranolol propylthiouracil
protamine pseudoephedrine pyrazinamide pyridostigmine pyrimethamine quetiapine quinapril quinidine quinine rabeprazole
raloxifene raltegravir ramelteon ramipril ranitidine ranolazine rasagiline remdesivir repaglinide ribavirin rifabutin
rifampicin rifapentine rifaximin riluzole risedronate risperidone ritonavir rituximab rivastigmine rizatriptan rocuronium
ropinirole rosiglitazone rosuvastatin rotigotine sacubitril salbutamol salmeterol saxagliptin selegiline semaglutide senna
sertraline sevelamer sevoflurane sildenafil silodosin simvastatin sirolimus sitagliptin sofosbuvir solifenacin sorafenib
sotalol spironolactone stavudine streptokinase streptomycin sucralfate sulfadiazine sulfamethoxazole sulfasalazine
sulindac sumatriptan sunitinib suvorexant tacrolimus tadalafil tamoxifen tamsulosin telmisartan temazepam temozolomide
tenecteplase tenofovir terazosin terbinafine terbutaline teriflunomide teriparatide testosterone tetracaine tetracycline
theophylline thiamine thiopental tiagabine ticagrelor ticlopidine timolol tinzaparin tiotropium tirzepatide tobramycin
tocilizumab tofacitinib tolterodine tolvaptan topiramate torasemide torsemide tramadol trandolapril tranexamic trastuzumab
trazodone triamcinolone triamterene triazolam trifluoperazine trimethoprim trospium ursodiol valaciclovir valacyclovir
valganciclovir valproate valproic valsartan varenicline vasopressin vecuronium vedolizumab venlafaxine verapamil vigabatrin
vilazodone vincristine vinblastine voriconazole vortioxetine zafirlukast zidovudine ziprasidone zoledronic zolmitriptan
zonisamide zopiclone
"""
SYNONYMS = {
    name: inn
    for pair in [
        "paracetamol/acetaminophen",
        "kvetiapine/quetiapine",
        "ossicodone/oxycodone",
        "adrenaline/epinephrine",
        "noradrenaline/norepinephrine",
        "pethidine/meperidine",
        "rifampin/rifampicin",
        "albuterol/salbutamol",
        "frusemide/furosemide",
        "acyclovir/aciclovir",
        "cyclosporine/ciclosporin",
        "glyburide/glibenclamide",
        "valacyclovir/valaciclovir",
        "torasemide/torsemide",
        "valproic/valproate",
        "nitroglycerine/nitroglycerin",
        "glyceryl/nitroglycerin",
        "colecalciferol/cholecalciferol",
        "trinitrin/nitroglycerin",
        "trinitrate/nitroglycerin",
        "thiamazole/methimazole",
        "arbidol/umifenovir",
    ]
    for name, inn in [pair.split("/")]
}
"""Other names of a medicine, in any spelling: each with the name that it is compared by."""
PRODUCTS = {
    name: inn
    for pair in [
        "calpol/acetaminophen",
        "bayer/aspirin",
        "ecotrin/aspirin",
        "jantoven/warfarin",
        "clexane/enoxaparin",
        "semglee/glargine",
        "abasaglar/glargine",
        "admelog/lispro",
        "novorapid/aspart",
        "fiasp/aspart",
        "wegovy/semaglutide",
        "rybelsus/semaglutide",
        "saxenda/liraglutide",
        "mounjaro/tirzepatide",
        "zepbound/tirzepatide",
        "forxiga/dapagliflozin",
        "proair/salbutamol",
        "proventil/salbutamol",
        "salamol/salbutamol",
        "flovent/fluticasone",
        "flixotide/fluticasone",
        "flonase/fluticasone",
        "serevent/salmeterol",
        "spiriva/tiotropium",
        "singulair/montelukast",
        "aldactone/spironolactone",
        "entresto/sacubitril",
        "coreg/carvedilol",
        "lopressor/metoprolol",
        "toprol/metoprolol",
        "norvasc/amlodipine",
        "viagra/sildenafil",
        "revatio/sildenafil",
        "epipen/epinephrine",
        "deltasone/prednisone",
        "tylenol/acetaminophen",
        "panadol/acetaminophen",
        "doliprane/acetaminophen",
        "advil/ibuprofen",
        "motrin/ibuprofen",
        "nurofen/ibuprofen",
        "aleve/naproxen",
        "naprosyn/naproxen",
        "lioresal/baclofen",
        "gablofen/baclofen",
        "prialt/ziconotide",
        "duramorph/morphine",
        "infumorph/morphine",
        "dilaudid/hydromorphone",
        "oxycontin/oxycodone",
        "roxicodone/oxycodone",
        "vicodin/hydrocodone",
        "ultram/tramadol",
        "narcan/naloxone",
        "suboxone/buprenorphine",
        "catapres/clonidine",
        "duragesic/fentanyl",
        "coumadin/warfarin",
        "lovenox/enoxaparin",
        "eliquis/apixaban",
        "xarelto/rivaroxaban",
        "pradaxa/dabigatran",
        "plavix/clopidogrel",
        "lasix/furosemide",
        "lipitor/atorvastatin",
        "crestor/rosuvastatin",
        "zocor/simvastatin",
        "zoloft/sertraline",
        "prozac/fluoxetine",
        "lexapro/escitalopram",
        "celexa/citalopram",
        "cymbalta/duloxetine",
        "effexor/venlafaxine",
        "xanax/alprazolam",
        "ativan/lorazepam",
        "valium/diazepam",
        "klonopin/clonazepam",
        "ambien/zolpidem",
        "neurontin/gabapentin",
        "lyrica/pregabalin",
        "zofran/ondansetron",
        "reglan/metoclopramide",
        "benadryl/diphenhydramine",
        "zyrtec/cetirizine",
        "claritin/loratadine",
        "pepcid/famotidine",
        "zantac/ranitidine",
        "prilosec/omeprazole",
        "nexium/esomeprazole",
        "glucophage/metformin",
        "januvia/sitagliptin",
        "jardiance/empagliflozin",
        "farxiga/dapagliflozin",
        "ozempic/semaglutide",
        "trulicity/dulaglutide",
        "victoza/liraglutide",
        "synthroid/levothyroxine",
        "ventolin/salbutamol",
        "lantus/glargine",
        "levemir/detemir",
        "tresiba/degludec",
        "humalog/lispro",
        "celebrex/celecoxib",
        "voltaren/diclofenac",
        "mobic/meloxicam",
        "toradol/ketorolac",
        "imodium/loperamide",
        "dulcolax/bisacodyl",
        "zanaflex/tizanidine",
        "flexeril/cyclobenzaprine",
        "keppra/levetiracetam",
        "tegretol/carbamazepine",
        "dilantin/phenytoin",
        "lamictal/lamotrigine",
        "topamax/topiramate",
        "depakote/valproate",
        "seroquel/quetiapine",
        "zyprexa/olanzapine",
        "risperdal/risperidone",
        "abilify/aripiprazole",
        "haldol/haloperidol",
        "ritalin/methylphenidate",
        "zithromax/azithromycin",
        "keflex/cephalexin",
        "bactrim/sulfamethoxazole",
    ]
    for name, inn in [pair.split("/")]
}
"""Brands, as their makers spell them: each with the medicine in it."""
BRANDS = frozenset("humulin novolin novolog apidra toujeo basaglar tramacet percocet norco".split())  # noqa: SIM905
"""Names of products that are not one medicine, or one of several forms of it: each stands for itself."""
NAMES = frozenset([*COMMON.split(), *MORE.split(), *SYNONYMS])

STEMS = (
    "gliflozin", "gliptin", "tinib", "rafenib", "vastatin", "prazole", "conazole", "floxacin", "dipine", "triptan", "setron",
    "xaban", "gatran", "glutide", "glitazone", "ciclovir", "tegravir", "codone", "morphone", "azepam", "thiazide", "lukast",
    "gabalin", "oxetine", "peridol", "curonium", "lizumab", "limumab", "tuximab", "cizumab", "fentanil",
)  # fmt: skip
"""INN stems that hardly a word has that is no medicine: a name that ends in one is known by itself."""
